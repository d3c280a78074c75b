import { type JobDocument, presumedFailure, type VerdictUpdate } from '@daybook/jobs';

/** The presumed failure of a job that was started as often as it may be. */
export function buildExhausted(job: JobDocument): VerdictUpdate {
  const attempts = job.attempts ?? 0;
  return presumedFailure({
    id: job.id,
    error: `The job has used up its attempts (${attempts}): each time its worker died or gave it back before the job had ended`,
    ...(attempts > 0 && { attempt: attempts }),
  });
}
