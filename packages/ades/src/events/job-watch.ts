import type { ChangedJob, JobFilter } from '@daybook/jobs-database';

/** Jobs of which a watcher remembers that it was told; of more, it learns no more that they left its filter. */
const MAX_TOLD = 10_000;
/** Jobs that wait to be told; a watcher that is so slow connects again. */
const MAX_WAITING = 2_000;

/** What one watcher is still to be told: the newest state of each job. */
export interface JobWatch {
  readonly filter: JobFilter;
  /** Told before: it is told when they change, whether its filter still selects them or not. */
  knows(jobId: string): boolean;
  /** Takes what has changed. */
  offer(changed: ChangedJob): void;
  /** What is to be told next. */
  take(): ChangedJob | undefined;
  /** Notes that the watcher is told of it; false where it was told of this or a newer change already. */
  tell(changed: ChangedJob): boolean;
  /** Resolves when there is something to tell, at the latest after `ms` or when `signal` aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Whether something was lost, as too much waits. */
  readonly isBehind: boolean;
}

/** A watch of the jobs that `filter` selects. */
export function createJobWatch(filter: JobFilter): JobWatch {
  const waiting = new Map<string, ChangedJob>();
  const told = new Map<string, number>();
  let isBehind = false;
  let wake: (() => void) | undefined;
  return {
    filter,
    get isBehind() {
      return isBehind;
    },
    knows: (jobId) => told.has(jobId),
    offer(changed) {
      const { id } = changed.job;
      if (changed.change <= Math.max(told.get(id) ?? -1, waiting.get(id)?.change ?? -1)) return;
      // Behind the others, as its change is newer than theirs.
      waiting.delete(id);
      if (waiting.size >= MAX_WAITING) isBehind = true;
      else waiting.set(id, changed);
      wake?.();
    },
    take() {
      const [next] = waiting.values();
      if (next !== undefined) waiting.delete(next.job.id);
      return next;
    },
    tell({ change, job }) {
      if (change <= (told.get(job.id) ?? -1)) return false;
      if (told.size < MAX_TOLD || told.has(job.id)) told.set(job.id, change);
      return true;
    },
    async wait(ms, signal) {
      if (waiting.size > 0 || isBehind || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
        wake = done;
      });
      wake = undefined;
    },
  };
}
