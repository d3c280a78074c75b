import { setTimeout as delay } from 'node:timers/promises';
import { type JobDocument, verdictAttempt } from '@daybook/jobs';
import type { OutputStore } from '@daybook/output-store';
import { exception } from '../http/exception.ts';

/** A worker that has taken a job makes the place of its logs within milliseconds. */
const PLACE_TIMEOUT_MS = 2_000;
const LOOK_INTERVAL_MS = 50;

/**
 * The attempt whose logs are meant: the asked one, else the one that ended the job, else the newest. Undefined for a job that no worker has
 * begun. Throws where the logs are gone, and where this ADES does not have them.
 */
export async function findLogs(
  { logs }: Pick<OutputStore, 'logs'>,
  job: JobDocument,
  asked: number | undefined,
): Promise<number | undefined> {
  const deadline = Date.now() + (job.final ? 0 : PLACE_TIMEOUT_MS);
  for (;;) {
    const attempt = asked ?? verdictAttempt(job) ?? (await logs.newestAttempt(job.id));
    if (attempt !== undefined && (await logs.list(job.id, attempt)) !== undefined) return attempt;
    if (job.worker === undefined && asked === undefined && job.state !== 'dismissed') return undefined;
    if (Date.now() >= deadline) throw noLogs(job, asked);
    await delay(LOOK_INTERVAL_MS);
  }
}

function noLogs(job: JobDocument, asked: number | undefined): Error {
  if (job['removed-time'] !== undefined) {
    return exception('outputs-removed', `The logs of job ${job.id} were removed at ${job['removed-time']}`);
  }
  if (job.state === 'dismissed') return exception('job-dismissed', `Job ${job.id} was dismissed: its logs are removed`);
  if (asked !== undefined) return exception('no-such-log', `Job ${job.id} has no logs of attempt ${asked} here`);
  return exception(
    'no-such-log',
    `The logs of job ${job.id} are not here: its worker ${job.worker} did not get to run it, or keeps logs in an output store that this ADES does not share`,
  );
}
