import { IntList } from './int-list.ts';
import { Interned } from './interned.ts';
import type { LabelSweep } from './label-sweep.ts';

/** Sets of states, each once and none empty, numbered in the order in which they came; their members stand behind one another. */
export class StateSets {
  readonly #members = new IntList();
  readonly #ends = new IntList();
  readonly #interned = new Interned();
  #sought: LabelSweep | undefined;

  get count(): number {
    return this.#ends.length;
  }

  /** Of all sets together. */
  get memberCount(): number {
    return this.#members.length;
  }

  /** The place of the first member of a set. */
  start(set: number): number {
    return set === 0 ? 0 : this.#ends.at(set - 1);
  }

  /** Behind its last member. */
  end(set: number): number {
    return this.#ends.at(set);
  }

  member(place: number): number {
    return this.#members.at(place);
  }

  /** The set of the states of a sweep's piece; undefined if there is none. */
  find(sweep: LabelSweep): number | undefined {
    this.#sought = sweep;
    return this.#interned.find(sweep.hash, this.#isSought);
  }

  /** Another set, of the first `size` states, with the hash that a sweep has for them. */
  add(states: Int32Array, size: number, hash: number): number {
    for (let at = 0; at < size; at++) this.#members.push(states[at]!);
    this.#ends.push(this.#members.length);
    return this.#interned.add(hash);
  }

  readonly #isSought = (set: number): boolean => {
    const sought = this.#sought!;
    const start = this.start(set);
    const end = this.end(set);
    if (end - start !== sought.size) return false;
    let at = start;
    while (at < end && sought.has(this.#members.at(at))) at++;
    return at === end;
  };
}
