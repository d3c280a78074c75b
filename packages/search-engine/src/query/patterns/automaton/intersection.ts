import type { Steps } from '../../../steps/steps.ts';
import { Automaton } from './automaton.ts';
import { AutomatonBuilder } from './automaton-builder.ts';
import { IntList } from './int-list.ts';
import { Interned, scattered } from './interned.ts';
import { StepWork } from './step-work.ts';
import { trim } from './trim.ts';

/** The texts of both: a state for each pair of states, in the order in which they are reached (Lucene's Operations, version 8.7). */
export function* intersection(one: Automaton, other: Automaton): Steps<Automaton> {
  if (one.stateCount === 0 || other.stateCount === 0) return new Automaton();
  const pairs = new Pairs(one, other);
  while (pairs.buildSome()) yield;
  return yield* trim(yield* pairs.build());
}

class Pairs {
  readonly #one: Automaton;
  readonly #other: Automaton;
  readonly #builder = new AutomatonBuilder();
  readonly #interned = new Interned();
  readonly #lefts = new IntList();
  readonly #rights = new IntList();
  readonly #work = new StepWork();
  /** The pair whose transitions are made. */
  #pair = 0;
  /** Sought among the pairs. */
  #left = 0;
  #right = 0;

  constructor(one: Automaton, other: Automaton) {
    this.#one = one;
    this.#other = other;
    this.#stateOf(0, 0);
  }

  /** As much as one step takes. Whether there is more. */
  buildSome(): boolean {
    while (this.#pair < this.#interned.size) {
      const amount = this.#link(this.#pair, this.#lefts.at(this.#pair), this.#rights.at(this.#pair));
      this.#pair++;
      if (this.#work.isDone(amount + 1)) return true;
    }
    return false;
  }

  build(): Steps<Automaton> {
    return this.#builder.build();
  }

  /** Makes the transitions of a pair. At how many of theirs it looked. */
  #link(pair: number, left: number, right: number): number {
    const leftEnd = this.#one.end(left);
    const rightEnd = this.#other.end(right);
    let rightStart = this.#other.start(right);
    let amount = 0;
    for (let a = this.#one.start(left); a < leftEnd; a++) {
      const min = this.#one.min(a);
      const max = this.#one.max(a);
      while (rightStart < rightEnd && this.#other.max(rightStart) < min) rightStart++;
      for (let b = rightStart; b < rightEnd && this.#other.min(b) <= max; b++, amount++) {
        const first = Math.max(min, this.#other.min(b));
        const last = Math.min(max, this.#other.max(b));
        if (first > last) continue;
        this.#builder.countLinks(1);
        this.#builder.link(pair, first, last, this.#stateOf(this.#one.to(a), this.#other.to(b)));
      }
    }
    return amount + leftEnd - this.#one.start(left);
  }

  #stateOf(left: number, right: number): number {
    this.#left = left;
    this.#right = right;
    const hash = (Math.imul(scattered(left), 31) + scattered(right)) | 0;
    return this.#interned.find(hash, this.#isSought) ?? this.#add(left, right, hash);
  }

  #add(left: number, right: number, hash: number): number {
    this.#lefts.push(left);
    this.#rights.push(right);
    this.#builder.addState(this.#one.isAccept(left) && this.#other.isAccept(right));
    return this.#interned.add(hash);
  }

  readonly #isSought = (pair: number): boolean =>
    this.#lefts.at(pair) === this.#left && this.#rights.at(pair) === this.#right;
}
