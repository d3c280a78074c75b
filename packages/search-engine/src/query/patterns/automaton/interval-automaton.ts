import type { Steps } from '../../../steps/steps.ts';
import type { Automaton } from './automaton.ts';
import { AutomatonBuilder } from './automaton-builder.ts';

const ZERO = 48;

/** For the characters from `min` to `max`. */
interface Link {
  readonly min: number;
  readonly max: number;
  readonly to: number;
}

/**
 * The decimal numbers from one to the other, with the states that Lucene makes of them (Automata.makeDecimalInterval, version 8.7): with the digits of the
 * bounds, if these have equally many; else behind any number of zeros.
 */
export function intervalAutomaton(one: string, other: string): Steps<Automaton> {
  const [low, high] = Number(one) <= Number(other) ? [one, other] : [other, one];
  if (low.length === high.length) return new IntervalBuilder(low, high).build(false);
  const last = String(Number(high));
  return new IntervalBuilder(String(Number(low)).padStart(last.length, '0'), last).build(true);
}

/** Makes a state for each digit; none is shared. */
class IntervalBuilder {
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  readonly #states: Link[][] = [];
  /** States before which zeros may stand. */
  readonly #starts: number[] = [];

  constructor(low: string, high: string) {
    this.#low = [...low].map(Number);
    this.#high = [...high].map(Number);
  }

  build(hasZeros: boolean): Steps<Automaton> {
    if (hasZeros) this.#add();
    this.#between(0, hasZeros, true, true);
    const ends = new Set([...this.#states.keys()].filter((state) => this.#states[state]!.length === 0));
    if (hasZeros) {
      ends.delete(0);
      const copied = this.#starts.flatMap((state) => this.#states[state]!);
      this.#states[0] = [{ min: ZERO, max: ZERO, to: 0 }, ...copied];
    }
    const builder = new AutomatonBuilder();
    for (const state of this.#states.keys()) builder.addState(ends.has(state));
    for (const [from, links] of this.#states.entries()) {
      for (const { min, max, to } of links) builder.link(from, min, max, to);
    }
    return builder.build();
  }

  /** The rest of a number from this digit on, whose digits so far are those of the lower bound, of the higher one, of both or of neither. */
  #between(at: number, isZero: boolean, isLowest: boolean, isHighest: boolean): number {
    const state = this.#add();
    if (at === this.#low.length) return state;
    if (isZero) this.#starts.push(state);
    const low = isLowest ? this.#low[at]! : 0;
    const high = isHighest ? this.#high[at]! : 9;
    const link = (min: number, max: number, to: number): void => {
      this.#states[state]!.push({ min: ZERO + min, max: ZERO + max, to });
    };
    if (!isLowest && !isHighest) link(0, 9, this.#between(at + 1, false, false, false));
    else if (low === high) link(low, low, this.#between(at + 1, isZero && low === 0, isLowest, isHighest));
    else {
      const [first, last] = [isLowest ? low + 1 : 0, isHighest ? high - 1 : 9];
      if (isLowest) link(low, low, this.#between(at + 1, isZero && low === 0, true, false));
      if (isHighest) link(high, high, this.#between(at + 1, false, false, true));
      if (first <= last) link(first, last, this.#between(at + 1, false, false, false));
    }
    return state;
  }

  #add(): number {
    this.#states.push([]);
    return this.#states.length - 1;
  }
}
