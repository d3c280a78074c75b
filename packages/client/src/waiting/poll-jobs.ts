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
  /** Called with every job as it is found to have ended. */
  readonly ended: (job: StatusInfo) => void;
}

/**
 * Waits until all of these jobs have ended, or the time is over; gives the ids of those that had not. A few are asked about at a time, one after
 * the other: whoever waits for all waits for each, and the ADES has no more to answer than there are jobs.
 */
export async function pollJobs(
  ades: Transport,
  ids: readonly string[],
  { timeoutSeconds = Number.POSITIVE_INFINITY, signal, ended }: PollOptions,
): Promise<readonly string[]> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  const later = [...ids];
  let open: readonly string[] = [];
  for (let waitMs = FIRST_MS; ; ) {
    const asked = [...open, ...later.splice(0, ASKED_AT_ONCE - open.length)];
    const jobs = await Promise.all(asked.map((id) => getJob(ades, id)));
    for (const job of jobs) if (hasEnded(job)) ended(job);
    open = jobs.filter((job) => !hasEnded(job)).map(({ jobID }) => jobID);
    if (open.length < asked.length) waitMs = FIRST_MS;
    if (open.length === 0 && later.length === 0) return [];
    const leftMs = deadline - Date.now();
    if (leftMs <= 0) return [...open, ...later];
    if (open.length < ASKED_AT_ONCE && later.length > 0) continue;
    await delay(Math.min(waitMs, leftMs), undefined, { signal });
    waitMs = Math.min(LONGEST_MS, waitMs * 1.5);
  }
}
