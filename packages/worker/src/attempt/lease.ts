import { isDaybookError } from '@daybook/errors';
import { abortable, wait } from '../retry.ts';

/** How a lease is held. */
export interface LeaseOptions {
  /** What the queue was asked for when the message was received. */
  readonly leaseMs: number;
  /** Asks the queue to keep the message for `leaseMs` from now. */
  readonly extend: (signal: AbortSignal) => Promise<void>;
  /** Called once when the lease can no longer be relied on. */
  readonly onLost: (reason: string) => void;
}

/** The queue's promise to keep a message for this worker. */
export interface Lease {
  /** Whether the promise can be relied on, by the clock and not by a timer: a process that was stopped for a while sees it at once. */
  isHeld(): boolean;
  /** Ends the extensions, also one that is under way. The message keeps its visibility timeout as it is. */
  release(): Promise<void>;
}

/** Extended at a third of the lease, a long one earlier: an outage of the queue then finds most of it left. */
const EXTEND_AT = 1 / 3;
const LONGEST_EXTENSION_MS = 10_000;
/** A failed extension is tried again after this part of the lease, and soon in any case. */
const TRY_AGAIN_AFTER = 1 / 15;
const LONGEST_TRY_AGAIN_MS = 2_000;
/** Given up at this part of the lease, so that the job is dead before the queue gives it to another worker. */
const FENCE_AT = 5 / 6;

/** Refusals after which no later extension can succeed: the receipt is no longer valid. */
const FINAL_REFUSALS = ['invalid-argument', 'not-found', 'conflict'] as const;

/** Holds the lease of a message that was received just now, until it is released or lost. */
export function holdLease({ leaseMs, extend, onLost }: LeaseOptions): Lease {
  const released = new AbortController();
  let confirmed = createStopwatch();
  let lost = false;

  const lose = (reason: string): void => {
    if (!lost && !released.signal.aborted) {
      lost = true;
      released.abort();
      onLost(reason);
    }
  };
  const fence = (): NodeJS.Timeout =>
    setTimeout(() => lose('no extension was confirmed in time'), leaseMs * FENCE_AT - confirmed.elapsedMs());
  let fenceTimer = fence();

  const extendMs = Math.min(leaseMs * EXTEND_AT, LONGEST_EXTENSION_MS);
  const tryAgainMs = Math.min(leaseMs * TRY_AGAIN_AFTER, LONGEST_TRY_AGAIN_MS);
  const keep = async (): Promise<void> => {
    await wait(extendMs, released.signal);
    for (;;) {
      const sent = createStopwatch();
      try {
        await abortable(extend(released.signal), released.signal);
        confirmed = sent;
        clearTimeout(fenceTimer);
        fenceTimer = fence();
        await wait(extendMs, released.signal);
      } catch (error) {
        released.signal.throwIfAborted();
        if (FINAL_REFUSALS.some((code) => isDaybookError(error, code))) {
          lose(`the queue refused its extension: ${(error as Error).message}`);
        }
        await wait(tryAgainMs, released.signal);
      }
    }
  };
  // It ends only by the signal.
  const ended = keep().catch(() => clearTimeout(fenceTimer));

  return {
    isHeld() {
      if (!lost && confirmed.elapsedMs() >= leaseMs * FENCE_AT) {
        lose('no extension was confirmed in time');
      }
      return !lost;
    },
    async release() {
      released.abort();
      await ended;
    },
  };
}

/** The clock of the host goes on while the host sleeps, the monotonic one does not jump; whichever says more is believed. */
function createStopwatch(): { elapsedMs(): number } {
  const [wall, monotonic] = [Date.now(), performance.now()];
  return { elapsedMs: () => Math.max(Date.now() - wall, performance.now() - monotonic) };
}
