import { isJobId, type JobDocument } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { noSuchJob } from '../http/exception.ts';
import { readableJob } from './readable-job.ts';

/** The job's document; throws `no-such-job` where there is none, or where it is no job of the process that the URL names, with or without its version. */
export async function loadJob(database: JobsDatabase, jobId: string, processId?: string): Promise<JobDocument> {
  const job = isJobId(jobId) ? await database.getJob(jobId) : undefined;
  if (job === undefined || (processId !== undefined && !isOf(job, processId))) throw noSuchJob(jobId);
  return readableJob(job);
}

function isOf({ 'process-id': id, 'process-version': version }: JobDocument, named: string): boolean {
  return id === named || id === `${named}:${version}` || `${id}:${version}` === named;
}
