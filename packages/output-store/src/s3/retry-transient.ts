import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';

/** How long to go on. */
export interface Patience {
  /** Ends the tries; the promise then rejects with its reason. With one, there is no other end unless `maxTries` says so. */
  readonly signal?: AbortSignal | undefined;
  /** Default 4 without a signal. */
  readonly maxTries?: number;
}

const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 10_000;
const DEFAULT_TRIES = 4;

/** Calls `action` until it resolves or fails in a way that does not pass. `onFirstFailure` is told of an outage once. */
export async function retryTransient<T>(
  action: () => Promise<T>,
  { signal, maxTries = signal === undefined ? DEFAULT_TRIES : Number.POSITIVE_INFINITY }: Patience,
  onFirstFailure: (error: DaybookError) => void,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      signal?.throwIfAborted();
      const passes = error instanceof DaybookError && (error.code === 'unavailable' || error.code === 'timeout');
      if (!passes || tries >= maxTries) throw error;
      if (tries === 1) onFirstFailure(error);
    }
    const waitMs = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10)) * (0.5 + Math.random() / 2);
    await delay(waitMs, undefined, { ...(signal !== undefined && { signal }) }).catch(() => signal?.throwIfAborted());
  }
}
