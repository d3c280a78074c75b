import type { JobDocument } from '@daybook/jobs';
import { exception } from '../http/exception.ts';
import { jobMessage } from './job-message.ts';

/** Throws the exception that says why a job has no results: not yet, not at all, or no more. */
export function checkResultsReady(job: JobDocument): void {
  if (job.state === 'failed') throw exception('job-failed', jobMessage(job));
  if (job.state === 'dismissed') throw exception('job-dismissed', `Job ${job.id} was dismissed: it has no results`);
  if (job.state !== 'successful') {
    throw exception('result-not-ready', `Job ${job.id} is ${job.state}: its results are not there yet`);
  }
  if (job['removed-time'] !== undefined) {
    throw exception('outputs-removed', `The outputs of job ${job.id} were removed at ${job['removed-time']}`);
  }
}
