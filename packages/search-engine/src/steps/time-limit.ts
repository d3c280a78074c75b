import { leave, type Steps } from './steps.ts';

/** A time after which a computation goes on with what it has by then. */
export class TimeLimit {
  readonly #nowMs: () => number;
  readonly #endMs: number;
  #wasMet = false;

  /** `timeoutMs` from now on; undefined or -1 is no limit. */
  constructor(timeoutMs = -1, nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
    this.#endMs = timeoutMs < 0 ? Number.POSITIVE_INFINITY : nowMs() + timeoutMs;
  }

  /** Whether anything was left undone. */
  get wasMet(): boolean {
    return this.#wasMet;
  }

  /** To be asked between two steps: a yes leaves the next one undone. */
  get isOver(): boolean {
    if (this.#endMs !== Number.POSITIVE_INFINITY && this.#nowMs() > this.#endMs) this.#wasMet = true;
    return this.#wasMet;
  }

  /** What the steps come to, or undefined if they were left before. The first of them is always taken. */
  within<T>(steps: Steps<T>): Steps<T | undefined> {
    return this.#endMs === Number.POSITIVE_INFINITY ? steps : this.#takeSome(steps);
  }

  *#takeSome<T>(steps: Steps<T>): Steps<T | undefined> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (this.isOver) break;
      yield;
    }
    leave(steps);
    return undefined;
  }
}

export const ENDLESS: TimeLimit = new TimeLimit();
