import type { RunningAttempt } from './attempt/running-attempt.ts';
import type { WorkerDatabase, WorkerLog } from './options.ts';
import { describeError, wait } from './retry.ts';

/** Stops attempts of jobs that their users have dismissed. */
export interface DismissalWatch {
  stop(): Promise<void>;
}

/** What a watch works with. */
export interface DismissalWatchOptions {
  readonly database: Pick<WorkerDatabase, 'getJobs'>;
  readonly running: ReadonlySet<RunningAttempt>;
  readonly log: WorkerLog;
  readonly intervalMs?: number;
}

const INTERVAL_MS = 500;

/** Reads all running jobs in one request per interval. While the database is away, jobs go on. */
export function startDismissalWatch(options: DismissalWatchOptions): DismissalWatch {
  const { database, running, log, intervalMs = INTERVAL_MS } = options;
  const stopped = new AbortController();
  let isAway = false;

  const look = async (): Promise<void> => {
    const attempts = [...running];
    const jobs = await database.getJobs([...new Set(attempts.map(({ jobId }) => jobId))], { signal: stopped.signal });
    const dismissed = new Set(jobs.filter(({ state }) => state === 'dismissed').map(({ id }) => id));
    for (const { jobId, stop } of attempts) {
      if (dismissed.has(jobId)) {
        stop.stop('dismissed');
      }
    }
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      await wait(intervalMs, stopped.signal);
      if (running.size === 0) {
        continue;
      }
      try {
        await look();
        isAway = false;
      } catch (error) {
        stopped.signal.throwIfAborted();
        if (!isAway) {
          log('warn', `Dismissals cannot be seen for now: ${describeError(error)}`);
        }
        isAway = true;
      }
    }
  };
  // It ends only by the signal.
  const ended = watch().catch(() => {});

  return {
    async stop() {
      stopped.abort(new Error('The worker ends'));
      await ended;
    },
  };
}
