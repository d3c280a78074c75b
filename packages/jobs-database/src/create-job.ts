import { DaybookError } from '@daybook/errors';
import type { JobDocument, JobUpdate } from '@daybook/jobs';
import { createJobs } from './create-jobs.ts';
import type { CreateOutcome, JobsDatabase, JobsDatabaseOptions, NewJob } from './jobs-database.ts';
import { together } from './together.ts';

const MOST_JOBS = 250;
const WRITES_AT_ONCE = 2;

/** See `JobsDatabase.createJob`: jobs that are created at once are created by one request. */
export function jobCreator(options: JobsDatabaseOptions): JobsDatabase['createJob'] {
  const create = together((jobs: readonly NewJob[]) => createJobs(options, jobs), {
    most: MOST_JOBS,
    atOnce: WRITES_AT_ONCE,
  });
  return async (submission, fields = {}) => documentOf(submission, await create({ submission, fields }));
}

function documentOf(submission: JobUpdate, outcome: CreateOutcome): JobDocument {
  if (outcome.result === 'created') return outcome.document;
  if (outcome.result === 'exists') {
    throw new DaybookError('already-exists', `There is a job ${submission.id} already`);
  }
  throw new DaybookError(
    outcome.result === 'refused' ? 'invalid-argument' : 'unavailable',
    `The jobs database did not take job ${submission.id}: ${outcome.reason}`,
  );
}
