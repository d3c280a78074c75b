/** So many transitions, or members of sets of states, are looked at in one step. */
const STEP_WORK = 4096;
/** A step that took longer ends, which is looked at once in a while: code that is not compiled yet takes twenty times as long. */
const STEP_MS = 1;
const UNTIMED = 512;

/** How much a step has done: `if (work.isDone(transitions)) yield;`. */
export class StepWork {
  #done = 0;
  #untimed = 0;
  #endMs = 0;

  /** Counts what was done. Whether that is enough for a step: then the next one begins with what is counted next. */
  isDone(amount: number): boolean {
    if (this.#done === 0) this.#endMs = performance.now() + STEP_MS;
    this.#done += amount;
    this.#untimed += amount;
    if (this.#done < STEP_WORK && !this.#isLate()) return false;
    this.#done = 0;
    this.#untimed = 0;
    return true;
  }

  #isLate(): boolean {
    if (this.#untimed < UNTIMED) return false;
    this.#untimed = 0;
    return performance.now() > this.#endMs;
  }
}
