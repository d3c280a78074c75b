import { statusUpdate } from '@daybook/jobs';
import type { Progress } from './run/progress.ts';
import type { UpdatePublisher } from './update-publisher.ts';

/** Publishes how far a job is, at most once in an interval. */
export interface ProgressReporter {
  /** Remembers the newest state; it is published within the interval unless a newer one replaces it. Never throws. */
  report(progress: Progress): void;
  /** Drops what is not published yet and ends what is being published. */
  close(): Promise<void>;
}

/** A few a second: a short job publishes no progress at all, its verdict follows at once. */
const INTERVAL_MS = 400;

/** A reporter of one attempt. An update that the topic does not take is dropped: the next one says more. */
export function createProgressReporter(
  job: { readonly id: string; readonly attempt: number },
  publisher: Pick<UpdatePublisher, 'publish'>,
): ProgressReporter {
  const closed = new AbortController();
  let pending: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  let publishing: Promise<void> | undefined;

  const schedule = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      publishing = publishPending().finally(() => {
        publishing = undefined;
        if (pending !== undefined && !closed.signal.aborted) {
          schedule();
        }
      });
    }, INTERVAL_MS);
  };
  const publishPending = async (): Promise<void> => {
    const progress = pending;
    pending = undefined;
    if (progress !== undefined) {
      await publisher.publish(statusUpdate({ ...job, ...progress }), closed.signal).catch(() => {});
    }
  };

  return {
    report(progress) {
      pending = progress;
      if (!closed.signal.aborted && publishing === undefined) {
        schedule();
      }
    },
    async close() {
      closed.abort();
      clearTimeout(timer);
      await publishing;
    },
  };
}
