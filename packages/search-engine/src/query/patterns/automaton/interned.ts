import { OrdinalTable } from '../../../dictionary/ordinal-table.ts';
import { IntList } from './int-list.ts';

/** Numbers things in the order in which they came, each thing once; who asks compares them and keeps them. */
export class Interned {
  readonly #hashes = new IntList();
  /** Of ordinals: the numbers and one. */
  readonly #table = new OrdinalTable((ordinal) => this.#hashes.at(ordinal - 1));
  /** What is sought: one test for all, as each search would make its own. */
  #hash = 0;
  #isSame: (number: number) => boolean = () => false;

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of a thing that `isSame` knows again, or undefined. */
  find(hash: number, isSame: (number: number) => boolean): number | undefined {
    this.#hash = hash;
    this.#isSame = isSame;
    const ordinal = this.#table.find(hash, this.#isSought);
    return ordinal === 0 ? undefined : ordinal - 1;
  }

  /** The number of another thing, a 32-bit integer as its hash, all of whose bits count. */
  add(hash: number): number {
    this.#hashes.push(hash);
    this.#table.add(hash, this.size);
    return this.size - 1;
  }

  readonly #isSought = (ordinal: number): boolean =>
    this.#hashes.at(ordinal - 1) === this.#hash && this.#isSame(ordinal - 1);
}

/** A number whose bits all depend on those of the key. */
export function scattered(key: number): number {
  let bits = Math.imul(key + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35) ^ (bits >>> 16);
}
