/** So many transitions, or members of sets of states, are looked at in one step: some tenths of a millisecond. */
const STEP_WORK = 20_000;

/** How much a step has done, where it ends after so much rather than after a time: `if (work.isDone(transitions)) yield;`. */
export class StepWork {
  #left = STEP_WORK;

  /** Counts what was done. Whether that is enough for a step: then the next one begins. */
  isDone(amount: number): boolean {
    this.#left -= amount;
    if (this.#left > 0) return false;
    this.#left = STEP_WORK;
    return true;
  }
}
