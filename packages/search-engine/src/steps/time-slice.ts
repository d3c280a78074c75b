import { setImmediate as nextTurn } from 'node:timers/promises';

/** So long a request that does many small things holds up every other. */
const SLICE_MS = 4;

/** Lets other work in between the parts of a long one: between two of them, `if (slice.isOver) await slice.next();`. */
export class TimeSlice {
  readonly #sliceMs: number;
  #endMs: number;

  constructor(sliceMs: number = SLICE_MS) {
    this.#sliceMs = sliceMs;
    this.#endMs = performance.now() + sliceMs;
  }

  get isOver(): boolean {
    return performance.now() > this.#endMs;
  }

  async next(): Promise<void> {
    await nextTurn();
    this.#endMs = performance.now() + this.#sliceMs;
  }
}
