import { type JobDocument, type JobRequest, presumedFailure, type VerdictUpdate } from '@daybook/jobs';

/** Whether a job was started as often as it may be; attempts that were handed back do not count. */
export function isExhausted(job: JobDocument, { handBacks }: JobRequest, maxAttempts: number): boolean {
  return (job.attempts ?? 0) - handBacks >= maxAttempts;
}

/** The presumed failure of a job that was started as often as it may be. */
export function buildExhausted(job: JobDocument): VerdictUpdate {
  const attempts = job.attempts ?? 0;
  return presumedFailure({
    id: job.id,
    error: `The job has used up its attempts (${attempts}): the last of them ended because its worker died or met a fault of its machine`,
    ...(attempts > 0 && { attempt: attempts }),
  });
}
