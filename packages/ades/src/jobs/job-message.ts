import type { JobDocument } from '@daybook/jobs';

/** One line for a person: what the job last said, why it failed, or what it waits for. */
export function jobMessage(job: JobDocument): string {
  if (job.state === 'failed') return failure(job);
  if (job.message !== undefined) return job.message;
  if (job.state === 'accepted') return 'The job waits for a worker';
  if (job.state === 'running') return job.step === undefined ? 'The job runs' : `The job runs step ${job.step}`;
  return job.state === 'successful' ? 'The job succeeded' : 'The job was dismissed';
}

function failure(job: JobDocument): string {
  const { error, 'failed-step': step, 'exit-code': exitCode } = job;
  const reason =
    error
      ?.split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ??
    job.message ??
    'The job failed';
  if (step === undefined) return reason;
  return `Step ${step} failed${exitCode === undefined ? '' : ` with exit code ${exitCode}`}: ${reason}`;
}
