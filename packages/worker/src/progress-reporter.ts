import { statusUpdate } from '@daybook/jobs';
import type { Progress } from './run/progress.ts';
import type { UpdatePublisher } from './update-publisher.ts';

/** Publishes how far a job is, at most once in an interval, and that it is still alive where nothing else is to be said. */
export interface ProgressReporter {
  /** Remembers the newest state; it is published within the interval unless a newer one replaces it. Never throws. */
  report(progress: Progress): void;
  /** Drops what is not published yet and ends what is being published. */
  close(): Promise<void>;
}

/** A few a second: a short job publishes no progress at all, its verdict follows at once. */
const INTERVAL_MS = 400;
const HEARTBEAT_MS = 60_000;

/** A reporter of one attempt. An update that the topic does not take is dropped: the next one says more. */
export function createProgressReporter(
  job: { readonly id: string; readonly attempt: number },
  publisher: Pick<UpdatePublisher, 'publish'>,
  heartbeatMs: number = HEARTBEAT_MS,
): ProgressReporter {
  const closed = new AbortController();
  let pending: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let publishing: Promise<void> | undefined;

  const schedule = (delayMs: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      publishing = publishPending().finally(() => {
        publishing = undefined;
        if (!closed.signal.aborted) {
          schedule(pending === undefined ? heartbeatMs : INTERVAL_MS);
        }
      });
    }, delayMs);
  };
  const publishPending = async (): Promise<void> => {
    const progress = pending;
    pending = undefined;
    const update = statusUpdate({ ...job, ...progress, 'heartbeat-time': new Date().toISOString() });
    await publisher.publish(update, closed.signal).catch(() => {});
  };
  schedule(heartbeatMs);

  return {
    report(progress) {
      const isScheduled = pending !== undefined || publishing !== undefined;
      pending = progress;
      if (!closed.signal.aborted && !isScheduled) {
        schedule(INTERVAL_MS);
      }
    },
    async close() {
      closed.abort();
      clearTimeout(timer);
      await publishing;
    },
  };
}
