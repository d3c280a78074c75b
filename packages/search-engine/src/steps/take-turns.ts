import { setImmediate as nextTurn } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import { leave, type Steps } from './steps.ts';

/** So long a computation may hold up the event loop before it is suspended. */
const FIRST_TURN_MS = 10;
/** So long it goes on in each later turn: a write takes several turns of the event loop. */
const TURN_MS = 1;
/** Computations that come to run in one turn of the event loop share its time, but each has so long at least. */
const LEAST_MS = 1;

/**
 * Shares the event loop between computations in steps. One that is done within a turn is done at once; the others go on one in each turn, in
 * the order in which they last stopped, so that however many they are everything else waits for one turn only.
 */
export class TakeTurns {
  readonly #nowMs: () => number;
  #last: Promise<unknown> = Promise.resolve();
  /** When the time of this turn of the event loop is over; undefined while none has been taken. */
  #turnEndMs: number | undefined;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /**
   * `onSuspend` is called before the first time that other work may run, and gives what may end the computation from then on, if anything can: that is a
   * `cancelled`.
   */
  async run<T>(steps: Steps<T>, onSuspend: () => AbortSignal | undefined): Promise<T> {
    let done = this.#takeTurn(steps, FIRST_TURN_MS);
    const signal = done === undefined ? onSuspend() : undefined;
    while (done === undefined) {
      await this.#turn();
      if (signal?.aborted) {
        leave(steps);
        throw new DaybookError('cancelled', 'cancelled');
      }
      done = this.#takeTurn(steps, TURN_MS);
    }
    return done.value;
  }

  #turn(): Promise<unknown> {
    this.#last = this.#last.then(() => nextTurn());
    return this.#last;
  }

  #endOfTurn(turnMs: number): number {
    const nowMs = this.#nowMs();
    if (this.#turnEndMs === undefined) {
      this.#turnEndMs = nowMs + turnMs;
      setImmediate(() => {
        this.#turnEndMs = undefined;
      });
    }
    return Math.max(this.#turnEndMs, nowMs + LEAST_MS);
  }

  /** Undefined when the turn ended before the computation. */
  #takeTurn<T>(steps: Steps<T>, turnMs: number): { readonly value: T } | undefined {
    for (const end = this.#endOfTurn(turnMs); ; ) {
      const step = steps.next();
      if (step.done === true) return { value: step.value };
      if (this.#nowMs() > end) return undefined;
    }
  }
}
