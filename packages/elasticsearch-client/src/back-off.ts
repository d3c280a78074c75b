import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 50;
const LONGEST_MS = 2_000;

/**
 * Waits before try number `retry` (from 1): a random time up to a bound that doubles from 50 ms to 2 s, so that clients that
 * failed together do not return together. Rejects with the signal's reason.
 */
export async function backOff(retry: number, signal?: AbortSignal): Promise<void> {
  const boundMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** (retry - 1));
  await delay(boundMs * (0.5 + Math.random() / 2), undefined, signal === undefined ? {} : { signal });
}
