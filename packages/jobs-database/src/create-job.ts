import { DaybookError } from '@daybook/errors';
import type { JobDocument, JobUpdate } from '@daybook/jobs';
import { createJobs } from './create-jobs.ts';
import type { JobsDatabaseOptions } from './jobs-database.ts';

/** See `JobsDatabase.createJob`. */
export async function createJob(
  options: JobsDatabaseOptions,
  submission: JobUpdate,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<JobDocument> {
  const [outcome] = await createJobs(options, [{ submission, fields }]);
  if (outcome?.result === 'created') return outcome.document;
  if (outcome === undefined || outcome.result === 'exists') {
    throw new DaybookError('already-exists', `There is a job ${submission.id} already`);
  }
  throw new DaybookError(
    outcome.result === 'refused' ? 'invalid-argument' : 'unavailable',
    `The jobs database did not take job ${submission.id}: ${outcome.reason}`,
  );
}
