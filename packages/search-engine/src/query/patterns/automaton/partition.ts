import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, visitStates } from './automaton.ts';
import type { LabelSweep } from './label-sweep.ts';

/** Two classes of states: those that accept, and the others. */
export function* partitionOf(automaton: Automaton): Steps<Partition> {
  const partition = new Partition(automaton.stateCount);
  yield* visitStates(automaton, (state) => partition.add(state, automaton.isAccept(state)));
  return partition;
}

/** States in classes, at first in two, of which more are made. */
export class Partition {
  /** Those of a class stand together, at the front those that were found. */
  readonly #states: Int32Array;
  readonly #placeOf: Int32Array;
  readonly #classOf: Int32Array;
  /** By class: where its states start and end, and where those end that were found. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #foundEnds: Int32Array;
  #classCount = 2;
  /** Classes that are to split others: a stack. */
  readonly #pending: Int32Array;
  readonly #isPending: Uint8Array;
  #pendingCount = 0;
  /** Classes of which states were found. */
  readonly #touched: Int32Array;

  /** `add` each state before anything else. */
  constructor(stateCount: number) {
    const integers = (): Int32Array => new Int32Array(stateCount + 1);
    this.#states = integers();
    this.#placeOf = integers();
    this.#classOf = integers();
    this.#starts = integers();
    this.#ends = integers();
    this.#foundEnds = integers();
    this.#pending = integers();
    this.#isPending = new Uint8Array(stateCount + 1);
    this.#touched = integers();
    this.#starts[1] = stateCount;
    this.#foundEnds[1] = stateCount;
    this.#ends[1] = stateCount;
    this.#await(0);
    this.#await(1);
  }

  add(state: number, isAccept: boolean): void {
    if (isAccept) {
      const place = this.#starts[1]! - 1;
      this.#place(state, place);
      this.#starts[1] = place;
      this.#foundEnds[1] = place;
      this.#classOf[state] = 1;
    } else {
      const place = this.#ends[0]!;
      this.#place(state, place);
      this.#ends[0] = place + 1;
    }
  }

  classOf(state: number): number {
    return this.#classOf[state]!;
  }

  /** A class that is to split others, or undefined. */
  takePending(): number | undefined {
    if (this.#pendingCount === 0) return undefined;
    const taken = this.#pending[--this.#pendingCount]!;
    this.#isPending[taken] = 0;
    return taken;
  }

  /** The first place of a class. */
  start(each: number): number {
    return this.#starts[each]!;
  }

  /** Behind its last place. */
  end(each: number): number {
    return this.#ends[each]!;
  }

  /** Until a split. */
  stateAt(place: number): number {
    return this.#states[place]!;
  }

  /** Makes two classes of each of which some states, but not all, are among those of the sweep's piece. */
  split({ states, size }: LabelSweep): void {
    let touchedCount = 0;
    for (let at = 0; at < size; at++) {
      const state = states[at]!;
      const each = this.#classOf[state]!;
      const place = this.#foundEnds[each]!;
      if (place === this.#starts[each]) this.#touched[touchedCount++] = each;
      this.#foundEnds[each] = place + 1;
      this.#place(this.#states[place]!, this.#placeOf[state]!);
      this.#place(state, place);
    }
    for (let at = 0; at < touchedCount; at++) this.#divide(this.#touched[at]!);
  }

  #divide(each: number): void {
    const start = this.#starts[each]!;
    const middle = this.#foundEnds[each]!;
    const end = this.#ends[each]!;
    this.#foundEnds[each] = start;
    if (middle === end) return;
    const made = this.#classCount++;
    this.#starts[made] = start;
    this.#foundEnds[made] = start;
    this.#ends[made] = middle;
    this.#starts[each] = middle;
    this.#foundEnds[each] = middle;
    for (let place = start; place < middle; place++) this.#classOf[this.#states[place]!] = made;
    this.#await(this.#isPending[each] === 1 || middle - start <= end - middle ? made : each);
  }

  #place(state: number, place: number): void {
    this.#states[place] = state;
    this.#placeOf[state] = place;
  }

  #await(each: number): void {
    this.#isPending[each] = 1;
    this.#pending[this.#pendingCount++] = each;
  }
}
