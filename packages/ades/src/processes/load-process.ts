import { DaybookError } from '@daybook/errors';
import { isJsonObject } from '@daybook/jobs';
import type { JobsDatabase, ProcessDocument } from '@daybook/jobs-database';
import { noSuchProcess } from '../http/exception.ts';
import type { ProcessRecord } from './process-record.ts';

const MAX_ID_BYTES = 512;

/** The deployed process of that id, matched as it was deployed; throws `no-such-process` where there is none. */
export async function loadProcess(database: JobsDatabase, id: string): Promise<ProcessRecord> {
  const process = await findProcess(database, id);
  if (process === undefined) throw noSuchProcess(id);
  return process;
}

/** The deployed process of that id, or undefined. */
export async function findProcess(database: JobsDatabase, id: string): Promise<ProcessRecord | undefined> {
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
