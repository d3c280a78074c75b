import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import type { JobsDatabase } from '@daybook/jobs-database';
import { LONG_JOB_FIELDS } from './long-job-fields.ts';

/** After a poll that the database did not answer. */
const RETRY_INTERVAL_MS = 500;

/** Waits for jobs to end, all of them by one request to the database in each interval. */
export interface JobWaiter {
  /** A place for one request that waits. Throws `unavailable` where all are taken. */
  reserve(): WaitingPlace;
  /** Ends every wait as if its time were over. */
  close(): Promise<void>;
}

/** The place of one request, until it is released. */
export interface WaitingPlace {
  /** Whether the job ended before the time was over or `signal` aborted. */
  ended(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  release(): void;
}

type Wait = (ended: boolean) => void;

/** How a waiter waits. */
export interface JobWaiterOptions {
  readonly maxWaiting: number;
  readonly intervalMs: number;
  /** What is said to one more than may wait. */
  readonly whenFull: string;
  readonly log: (message: string) => void;
}

/** Builds the waiter; it asks the database for nothing while nobody waits. */
export function createJobWaiter(
  database: Pick<JobsDatabase, 'getJobs'>,
  { maxWaiting, intervalMs, whenFull, log }: JobWaiterOptions,
): JobWaiter {
  const waits = new Map<string, Set<Wait>>();
  const closing = new AbortController();
  let taken = 0;
  let polling: Promise<void> | undefined;

  async function poll(): Promise<void> {
    while (waits.size > 0 && !closing.signal.aborted) {
      const interval = await look().catch((error: unknown) => {
        log(`jobs that requests wait for could not be read: ${String(error)}`);
        return RETRY_INTERVAL_MS;
      });
      await delay(interval, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function look(): Promise<number> {
    const options = { signal: closing.signal, withoutFields: LONG_JOB_FIELDS };
    for (const job of await database.getJobs([...waits.keys()], options)) {
      if (job.final) for (const settle of waits.get(job.id) ?? []) settle(true);
    }
    return intervalMs;
  }

  function ended(jobId: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted || closing.signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const others = waits.get(jobId) ?? new Set<Wait>();
      const giveUp = (): void => settle(false);
      const settle: Wait = (hasEnded) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        closing.signal.removeEventListener('abort', giveUp);
        others.delete(settle);
        if (others.size === 0) waits.delete(jobId);
        resolve(hasEnded);
      };
      const timer = setTimeout(giveUp, timeoutMs);
      signal.addEventListener('abort', giveUp);
      closing.signal.addEventListener('abort', giveUp);
      waits.set(jobId, others.add(settle));
      polling ??= poll().finally(() => {
        polling = undefined;
      });
    });
  }

  return {
    reserve() {
      if (taken >= maxWaiting) {
        throw new DaybookError('unavailable', whenFull);
      }
      taken += 1;
      let isHeld = true;
      return {
        ended,
        release() {
          if (isHeld) taken -= 1;
          isHeld = false;
        },
      };
    },
    async close() {
      closing.abort();
      await polling;
    },
  };
}
