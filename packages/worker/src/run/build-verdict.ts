import { errorClass, type JobDocument, type VerdictUpdate, verdict } from '@daybook/jobs';
import type { JobEnd } from './job-end.ts';

/** Who ran a job, and when it began. */
export interface RunIdentity {
  readonly job: JobDocument;
  readonly attempt: number;
  readonly worker: string;
  readonly startTime: Date;
}

/** The verdict on a run that has ended by itself, at the time of the call. */
export function buildVerdict(run: RunIdentity, end: Exclude<JobEnd, { status: 'interrupted' }>): VerdictUpdate {
  const common = {
    id: run.job.id,
    attempt: run.attempt,
    worker: run.worker,
    'start-time': run.startTime.toISOString(),
    ...end.resources,
  };
  if (end.status === 'succeeded') {
    return verdict({ ...common, ...end.collected, status: 'succeeded' });
  }
  const { error, failedStep, exitCode } = end.failure;
  const alike = errorClass({ error, failedStep, exitCode });
  return verdict({
    ...common,
    status: 'failed',
    error,
    ...(alike !== undefined && { 'error-class': alike }),
    ...(failedStep !== undefined && { 'failed-step': failedStep }),
    ...(exitCode !== undefined && { 'exit-code': exitCode }),
  });
}
