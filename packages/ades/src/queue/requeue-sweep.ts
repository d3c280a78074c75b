import type { JobsDatabase } from '@daybook/jobs-database';
import { BUILT_IN_PROCESSES } from '../built-in/built-in-processes.ts';
import type { BuiltInRunner } from '../built-in/built-in-runner.ts';
import type { RequestQueue } from './request-queue.ts';

/** Jobs that one sweep sends again at most; the next sweep takes the rest. */
const MAX_PER_SWEEP = 2_000;

/** Sends again, from time to time, accepted jobs that are in no queue: their ADES died or the queue was away. */
export interface RequeueSweep {
  /** Ends it; a sweep that is under way ends first. */
  close(): Promise<void>;
}

/** When a sweep happens and of which jobs. */
export interface RequeueSweepOptions {
  readonly database: Pick<JobsDatabase, 'unqueuedJobs'>;
  readonly requestQueue: Pick<RequestQueue, 'handOverAll'>;
  readonly builtInRunner: Pick<BuiltInRunner, 'endAbandoned'>;
  readonly intervalMs: number;
  /** Age from which a job without queue-time is sent again. */
  readonly olderThanMs: number;
  readonly log: (message: string) => void;
}

/** Starts to sweep. Several ADES processes may: a request that is sent twice is one by its deduplication id. */
export function startRequeueSweep(options: RequeueSweepOptions): RequeueSweep {
  let running: Promise<void> | undefined;
  const stopping = new AbortController();
  const timer = setInterval(() => {
    running ??= sweep(options, stopping.signal).finally(() => {
      running = undefined;
    });
  }, options.intervalMs).unref();
  return {
    async close() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

async function sweep(
  { database, requestQueue, builtInRunner, olderThanMs, log }: RequeueSweepOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    const olderThan = new Date(Date.now() - olderThanMs);
    await builtInRunner.endAbandoned(olderThan);
    const unqueued = await database.unqueuedJobs(olderThan, { signal, limit: MAX_PER_SWEEP });
    const ids = unqueued.filter((job) => !BUILT_IN_PROCESSES.has(job['process-id'] ?? '')).map(({ id }) => id);
    if (signal.aborted || ids.length === 0) return;
    const sent = await requestQueue.handOverAll(ids);
    const taken = sent.filter(({ result }) => result === 'sent').length;
    log(`${ids.length} jobs were in no queue, ${ids[0]} first, and were sent again: ${taken} of them are in it now`);
  } catch (error) {
    if (!signal.aborted) log(`the sweep for jobs that are in no queue failed: ${String(error)}`);
  }
}
