import { IntList } from './int-list.ts';

const FIRST_PLACES = 16;
/** Tables, by the last bits of the hash: so that none is so large that it takes long to make it larger. */
const TABLES = 16;

/** Numbers things in the order in which they came, each thing once; who asks compares them and keeps them. Open hash tables. */
export class Interned {
  /** A thing's number and one; 0 where there is none. At most half of a table are taken. */
  readonly #tables = Array.from({ length: TABLES }, () => new Int32Array(FIRST_PLACES));
  readonly #counts = new Int32Array(TABLES);
  readonly #hashes = new IntList();

  get size(): number {
    return this.#hashes.length;
  }

  /** The number of a thing that `isSame` knows again, or undefined. */
  find(hash: number, isSame: (number: number) => boolean): number | undefined {
    const table = this.#tables[hash & (TABLES - 1)]!;
    const mask = table.length - 1;
    for (let place = placeOf(hash, mask); ; place = (place + 1) & mask) {
      const number = table[place]! - 1;
      if (number < 0) return undefined;
      if (this.#hashes.at(number) === hash && isSame(number)) return number;
    }
  }

  /** The number of another thing, a 32-bit integer as its hash. */
  add(hash: number): number {
    const at = hash & (TABLES - 1);
    const count = this.#counts[at]!;
    if (count * 2 >= this.#tables[at]!.length) this.#enlarge(at);
    this.#counts[at] = count + 1;
    this.#hashes.push(hash);
    this.#place(this.#tables[at]!, this.size);
    return this.size - 1;
  }

  #place(table: Int32Array, entry: number): void {
    const mask = table.length - 1;
    let place = placeOf(this.#hashes.at(entry - 1), mask);
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = entry;
  }

  #enlarge(at: number): void {
    const table = new Int32Array(this.#tables[at]!.length * 2);
    for (const entry of this.#tables[at]!) if (entry !== 0) this.#place(table, entry);
    this.#tables[at] = table;
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
