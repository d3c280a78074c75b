import { setTimeout as delay } from 'node:timers/promises';
import { getJob, hasEnded, type StatusInfo } from '../ades/jobs.ts';
import type { Transport } from '../ades/transport.ts';

const FIRST_MS = 100;
const LONGEST_MS = 2_000;
const ASKED_AT_ONCE = 8;

/** A wait for jobs. */
export interface PollOptions {
  /** Undefined: as long as it takes. */
  readonly timeoutSeconds: number | undefined;
  readonly signal: AbortSignal;
  /** Called with every job as it ends. */
  readonly ended?: (job: StatusInfo) => void;
}

/** Waits until all of these jobs have ended, or the time is over; gives the ids of those that have not. */
export async function pollJobs(
  ades: Transport,
  ids: readonly string[],
  options: PollOptions,
): Promise<readonly string[]> {
  const { timeoutSeconds = Number.POSITIVE_INFINITY, signal } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let open = ids;
  for (let waitMs = FIRST_MS; ; waitMs = Math.min(LONGEST_MS, waitMs * 1.5)) {
    open = await stillOpen(ades, open, options);
    const leftMs = deadline - Date.now();
    if (open.length === 0 || leftMs <= 0) return open;
    await delay(Math.min(waitMs, leftMs), undefined, { signal });
  }
}

async function stillOpen(ades: Transport, ids: readonly string[], { ended }: PollOptions): Promise<readonly string[]> {
  const open: string[] = [];
  for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
    const jobs = await Promise.all(ids.slice(from, from + ASKED_AT_ONCE).map((id) => getJob(ades, id)));
    for (const job of jobs) {
      if (hasEnded(job)) ended?.(job);
      else open.push(job.jobID);
    }
  }
  return open;
}
