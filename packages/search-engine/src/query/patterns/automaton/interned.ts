import { IntList } from './int-list.ts';

const FIRST_PLACES = 16;

/** Numbers things in the order in which they came, each thing once; who asks compares them and keeps them. An open hash table. */
export class Interned {
  /** A thing's number and one; 0 where there is none. At most half are taken. */
  #table = new Int32Array(FIRST_PLACES);
  readonly #hashes = new IntList();

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of a thing that `isSame` knows again, or undefined. */
  find(hash: number, isSame: (number: number) => boolean): number | undefined {
    const mask = this.#table.length - 1;
    for (let place = placeOf(hash, mask); ; place = (place + 1) & mask) {
      const number = this.#table[place]! - 1;
      if (number < 0) return undefined;
      if (this.#hashes.at(number) === hash && isSame(number)) return number;
    }
  }

  /** The number of another thing, a 32-bit integer as its hash. */
  add(hash: number): number {
    if (this.size * 2 >= this.#table.length) this.#enlarge();
    this.#hashes.push(hash);
    this.#place(this.size - 1);
    return this.size - 1;
  }

  #place(number: number): void {
    const mask = this.#table.length - 1;
    let place = placeOf(this.#hashes.at(number), mask);
    while (this.#table[place] !== 0) place = (place + 1) & mask;
    this.#table[place] = number + 1;
  }

  #enlarge(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    for (let number = 0; number < this.size; number++) this.#place(number);
  }
}

function placeOf(hash: number, mask: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 8) & mask;
}

/** A number whose bits all depend on those of the key. */
export function scattered(key: number): number {
  let bits = Math.imul(key + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35) ^ (bits >>> 16);
}
