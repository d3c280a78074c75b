import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import type { JobsDatabase, ProcessDocument } from '@daybook/jobs-database';
import { BUILT_IN_PROCESSES, isBuiltIn } from '../built-in/built-in-processes.ts';
import { exception, noSuchProcess } from '../http/exception.ts';
import type { Process } from './process.ts';
import type { ProcessRecord } from './process-record.ts';

const MAX_ID_BYTES = 512;

/**
 * The process that a URL names, matched as it was deployed: by its own id, by `<process-id>` for the version that was deployed last, or by
 * `<process-id>:<version>` where it was deployed in an OGC form. Throws `no-such-process` where there is none.
 */
export async function loadProcess(database: JobsDatabase, name: string): Promise<Process> {
  const process = (await findProcess(database, name)) ?? (await findByVersion(database, name));
  if (process === undefined) throw noSuchProcess(name);
  return process;
}

async function findByVersion(database: JobsDatabase, name: string): Promise<Process | undefined> {
  if (!canBeId(name)) return undefined;
  const newest = await database.processes.newest(name);
  if (newest !== undefined) return toRecord(newest);
  // An id may hold colons itself; a version is what is behind the last one.
  const colon = name.lastIndexOf(':');
  const process = colon > 0 ? await findProcess(database, name.slice(0, colon)) : undefined;
  return process?.version === name.slice(colon + 1) ? process : undefined;
}

/**
 * The process of exactly that id for who wants to change it, lest a name without a version changes one that was not meant. Throws
 * `no-such-process`, and `immutable-process` where it is built in.
 */
export async function loadMutableProcess(database: JobsDatabase, id: string): Promise<ProcessRecord> {
  const process = await findProcess(database, id);
  if (process === undefined) throw noSuchProcess(id);
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
  if (!canBeId(id)) return undefined;
  const document = await database.processes.get(id);
  return document === undefined ? undefined : toRecord(document);
}

function canBeId(id: string): boolean {
  return id !== '' && Buffer.byteLength(id) <= MAX_ID_BYTES;
}

/** Takes a stored document for what deploys write; throws `corrupt` where it is not. */
export function toRecord(document: ProcessDocument): ProcessRecord {
  if (typeof document['process-id'] === 'string' && isJsonObject(document.cwl)) return document as ProcessRecord;
  throw new DaybookError(
    'corrupt',
    `The document of process ${document.id} in the database is not one that deploys write`,
  );
}
