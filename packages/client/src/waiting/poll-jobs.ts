import { setTimeout as delay } from 'node:timers/promises';
import { type Changes, followChanges } from '../ades/changes.ts';
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
  const followed = createFollower(ades, signal);
  try {
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
      // While some end, the others are asked about soon anyway.
      if (open.length < asked.length) await delay(Math.min(waitMs, leftMs), undefined, { signal });
      else await (await followed.of(open)).next({ leastMs: FIRST_MS, pollMs: waitMs, mostMs: leftMs });
      waitMs = Math.min(LONGEST_MS, waitMs * 1.5);
    }
  } finally {
    followed.close();
  }
}

/** Follows the jobs that were asked about last. */
function createFollower(
  ades: Transport,
  signal: AbortSignal,
): { of(ids: readonly string[]): Promise<Changes>; close(): void } {
  let key = '';
  let changes: Changes | undefined;
  return {
    async of(ids) {
      const query = `id:(${ids.map((id) => JSON.stringify(id)).join(' OR ')})`;
      if (changes === undefined || query !== key) {
        changes?.close();
        changes = await followChanges(ades, new URLSearchParams({ q: query }), signal);
        key = query;
      }
      return changes;
    },
    close: () => changes?.close(),
  };
}
