import { wait } from '../retry.ts';

/** Lets actions pass at no more than a certain rate. */
export interface RateLimit {
  /** Resolves when it is this call's turn, in the order of the calls; rejects when the signal is aborted. */
  pass(signal: AbortSignal): Promise<void>;
}

/** A limit that lets `burst` actions pass at once, and then one each `intervalMs`. */
export function createRateLimit(burst: number, intervalMs: number): RateLimit {
  /** When the allowance is whole again. */
  let wholeAt = 0;
  return {
    async pass(signal) {
      const now = performance.now();
      wholeAt = Math.max(wholeAt, now) + intervalMs;
      const waitMs = wholeAt - now - burst * intervalMs;
      if (waitMs > 0) {
        await wait(waitMs, signal);
      }
    },
  };
}
