import { type Compare, sortFew, sortIntegersInSteps } from '../../../steps/sort-in-steps.ts';
import type { Steps } from '../../../steps/steps.ts';
import type { Automaton } from './automaton.ts';
import type { IntList } from './int-list.ts';

/** The labels and targets of all transitions of an automaton that is being made. */
export interface TransitionLists {
  readonly min: IntList;
  readonly max: IntList;
  readonly to: IntList;
}

/** Of more than `few`, so many are looked at in one step. */
const SOME = 2048;

/** The transitions of one state after another, which come in any order. */
export class StateTransitions {
  /** So few are put in order at once. */
  static readonly few = 32;
  readonly #lists: TransitionLists;
  #order = new Int32Array(StateTransitions.few);
  #count = 0;
  /** How many are left of those that were looked at. */
  #kept = 0;

  constructor(lists: TransitionLists) {
    this.#lists = lists;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  add(transition: number): void {
    if (this.#count === this.#order.length) {
      const order = new Int32Array(this.#count * 2);
      order.set(this.#order);
      this.#order = order;
    }
    this.#order[this.#count++] = transition;
  }

  /** Writes few of them to the last state, in the order of labels, neighbouring ones to the same state as one. */
  writeFew(built: Automaton): void {
    sortFew(this.#order, this.#count, this.#byTarget);
    this.#kept = 0;
    this.#merge(0, this.#count);
    sortFew(this.#order, this.#kept, this.#byLabel);
    this.#write(built, 0, this.#kept);
  }

  /** The same of any number. */
  *writeMany(built: Automaton): Steps<void> {
    yield* sortIntegersInSteps(this.#order, this.#count, this.#byTarget);
    this.#kept = 0;
    for (let start = 0; start < this.#count; start += SOME) {
      this.#merge(start, Math.min(this.#count, start + SOME));
      yield;
    }
    yield* sortIntegersInSteps(this.#order, this.#kept, this.#byLabel);
    for (let start = 0; start < this.#kept; start += SOME) {
      this.#write(built, start, Math.min(this.#kept, start + SOME));
      yield;
    }
  }

  /** Makes one of neighbouring transitions to the same state, which stand one behind the other. */
  #merge(start: number, end: number): void {
    const { min, max, to } = this.#lists;
    for (let at = start; at < end; at++) {
      const next = this.#order[at]!;
      const last = this.#kept === 0 ? next : this.#order[this.#kept - 1]!;
      const isApart = this.#kept === 0 || to.at(last) !== to.at(next) || min.at(next) > max.at(last) + 1;
      if (isApart) this.#order[this.#kept++] = next;
      else if (max.at(next) > max.at(last)) max.set(last, max.at(next));
    }
  }

  #write(built: Automaton, start: number, end: number): void {
    const { min, max, to } = this.#lists;
    for (let at = start; at < end; at++) {
      const each = this.#order[at]!;
      built.link(min.at(each), max.at(each), to.at(each));
    }
  }

  readonly #byTarget: Compare<number> = (a, b) => {
    const { min, to } = this.#lists;
    return to.at(a) - to.at(b) || min.at(a) - min.at(b);
  };

  readonly #byLabel: Compare<number> = (a, b) => {
    const { min, max, to } = this.#lists;
    return min.at(a) - min.at(b) || max.at(a) - max.at(b) || to.at(a) - to.at(b);
  };
}
