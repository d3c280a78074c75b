import type { Steps } from './steps.ts';

/** Parts of a computation that are put off until the rest of it is done: so that what is nested deep needs no nested steps. */
export class Later {
  readonly #waiting: Steps<void>[] = [];

  do(steps: Steps<void>): void {
    this.#waiting.push(steps);
  }

  /** Does what waits, and what comes to wait meanwhile: the last first, so that few wait at a time. */
  *finish(): Steps<void> {
    for (let steps = this.#waiting.pop(); steps !== undefined; steps = this.#waiting.pop()) {
      yield* steps;
      yield;
    }
  }
}
