import { setImmediate } from 'node:timers/promises';

/** So long a request that does many small things holds up every other. */
const SLICE_MS = 4;

/** Lets other requests in between the parts of a long one: between two of them, `if (slice.isOver) await slice.next();`. */
export class TimeSlice {
  #endMs = performance.now() + SLICE_MS;

  get isOver(): boolean {
    return performance.now() > this.#endMs;
  }

  async next(): Promise<void> {
    await setImmediate();
    this.#endMs = performance.now() + SLICE_MS;
  }
}
