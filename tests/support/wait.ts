import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `probe` gives something that is not undefined, and gives that; fails after `seconds` with `what` and the last error. */
export async function eventually<T>(what: string, probe: () => Promise<T | undefined>, seconds = 30): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
    await delay(25);
  }
}
