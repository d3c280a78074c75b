import { DaybookError } from '@daybook/errors';

const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 10_000;

/** Resolves after `ms`; rejects with the signal's reason as soon as that is aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as that is aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** The wait before the try after `failures` failures in a row: doubled each time up to ten seconds, spread by a random part. */
export function backOffMs(failures: number): number {
  return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10)) * (0.5 + Math.random() / 2);
}

/** How to retry. */
export interface RetryOptions {
  /** Ends the retries; the promise then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Which failures pass. Default {@link isTransient}. */
  readonly isPassing?: (error: unknown) => boolean;
  /** Told of the first failure, so that an outage is one line in the log. */
  readonly onFirstFailure?: (error: unknown) => void;
}

/** Calls `action` until it resolves, fails for good or the signal is aborted. */
export async function retry<T>(action: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, isPassing = isTransient, onFirstFailure } = options;
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      return await action();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) {
        throw error;
      }
      if (failures === 1) {
        onFirstFailure?.(error);
      }
    }
    await wait(backOffMs(failures), signal);
  }
}

/** Whether the same call may succeed later. */
export function isTransient(error: unknown): boolean {
  return error instanceof DaybookError && (error.code === 'unavailable' || error.code === 'timeout');
}

/** An error in one line, for the log. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
