import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import type { JobsDatabase, ProcessDocument } from '@daybook/jobs-database';
import { BUILT_IN_PROCESSES, isBuiltIn } from '../built-in/built-in-processes.ts';
import { exception, noSuchProcess } from '../http/exception.ts';
import type { Process, ProcessRecord } from './process-record.ts';

const MAX_ID_BYTES = 512;

/** The process of that id, matched as it was deployed; throws `no-such-process` where there is none. */
export async function loadProcess(database: JobsDatabase, id: string): Promise<Process> {
  const process = await findProcess(database, id);
  if (process === undefined) throw noSuchProcess(id);
  return process;
}

/** The same for who wants to change it; throws `immutable-process` where it is built in. */
export async function loadMutableProcess(database: JobsDatabase, id: string): Promise<ProcessRecord> {
  const process = await loadProcess(database, id);
  if (isBuiltIn(process)) throw immutableProcess(id);
  return process;
}

/** Nobody may change, remove or take the place of a built-in process. */
export function immutableProcess(id: string): DaybookError {
  return exception('immutable-process', `Process ${id} is built in and cannot be deployed, replaced or undeployed`);
}

/** The process of that id, or undefined. */
export async function findProcess(database: JobsDatabase, id: string): Promise<Process | undefined> {
  const builtIn = BUILT_IN_PROCESSES.get(id);
  if (builtIn !== undefined) return builtIn;
  if (id === '' || Buffer.byteLength(id) > MAX_ID_BYTES) return undefined;
  const document = await database.processes.get(id);
  return document === undefined ? undefined : toRecord(document);
}

/** Takes a stored document for what deploys write; throws `corrupt` where it is not. */
export function toRecord(document: ProcessDocument): ProcessRecord {
  if (typeof document['process-id'] === 'string' && isJsonObject(document.cwl)) return document as ProcessRecord;
  throw new DaybookError(
    'corrupt',
    `The document of process ${document.id} in the database is not one that deploys write`,
  );
}
