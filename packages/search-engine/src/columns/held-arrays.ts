import { CHUNK_DOCS } from './chunk-docs.ts';
import { arrayUpTo, FOREVER, type Hold, isFree, joinHolds, RELEASED, renewedArray } from './hold.ts';
import type { NumberArray } from './number-array.ts';
import { type Stored, StoredArray } from './stored-array.ts';

/** A growing list of arrays, each of which is copied before it is written while others hold it, and read when it is first wanted if it is stored. */
export class HeldArrays<A extends NumberArray> {
  readonly #arrays: (A | undefined)[] = [];
  /** None of an array that has been written since it was frozen. */
  readonly #holds: (Hold | undefined)[] = [];
  /** Below this element, the array is also one of the list of which this one is a fork. */
  readonly #sharedEnds: number[] = [];
  /** Where an array is stored that has not been written since. */
  readonly #stored: (StoredArray<A> | undefined)[] = [];

  static thaw<A extends NumberArray>(frozen: readonly (Stored<A> | null)[]): HeldArrays<A> {
    const arrays = new HeldArrays<A>();
    for (const array of frozen) {
      const isStored = array instanceof StoredArray;
      arrays.#arrays.push(isStored ? undefined : (array ?? undefined));
      arrays.#stored.push(isStored ? array : undefined);
      arrays.#holds.push(RELEASED);
      arrays.#sharedEnds.push(0);
    }
    return arrays;
  }

  /**
   * A second list of the same arrays of {@link CHUNK_DOCS} elements, which is to be written from then on in the place of this one. An array is in both until
   * an element below `end`, counted through all of them, is written; of what is written behind it this one shows nothing.
   */
  fork(end: number): HeldArrays<A> {
    const fork = new HeldArrays<A>();
    fork.#arrays.push(...this.#arrays);
    fork.#stored.push(...this.#stored);
    for (const [place, array] of fork.#arrays.entries()) {
      const sharedEnd = Math.max(0, end - place * CHUNK_DOCS);
      fork.#sharedEnds.push(sharedEnd);
      // One that has not been read yet is read by both, as a whole.
      fork.#holds.push(array === undefined ? FOREVER : this.#holds[place]);
      this.#arrays[place] = array && arrayUpTo(array, sharedEnd);
    }
    return fork;
  }

  /** The arrays as they are now, null for those that were never put: the same as the last time where nothing was written in between. */
  freeze(hold: Hold): (Stored<A> | null)[] {
    for (const [at, before] of this.#holds.entries()) this.#holds[at] = joinHolds(before, hold);
    return this.#arrays.map((array, at) => this.#stored[at] ?? array ?? null);
  }

  /** One more than the highest place of an array. */
  get length(): number {
    return this.#arrays.length;
  }

  /** Not to be written. Undefined where none was put. */
  at(place: number): A | undefined {
    return this.#arrays[place] ?? this.#read(place);
  }

  /** To be written at `offset`. Undefined if it must be made {@link own} before, or none was put. */
  ownAt(place: number, offset = 0): A | undefined {
    return this.#holds[place] === undefined && offset >= this.#sharedEnds[place]! ? this.#arrays[place] : undefined;
  }

  /** An array that was put, to be written at `offset`: in the same memory unless others still have it. */
  own(place: number, offset = 0): A {
    const own = this.ownAt(place, offset);
    if (own !== undefined) return own;
    const sharedEnd = this.#sharedEnds[place]!;
    const inPlace = offset >= sharedEnd && isFree(this.#holds[place]);
    const array = this.put(place, renewedArray(this.at(place)!, inPlace));
    if (inPlace) this.#sharedEnds[place] = sharedEnd;
    return array;
  }

  /** Puts an array that nobody else has. */
  put(place: number, array: A): A {
    while (this.#arrays.length <= place) {
      this.#arrays.push(undefined);
      this.#stored.push(undefined);
      this.#holds.push(undefined);
      this.#sharedEnds.push(0);
    }
    this.#arrays[place] = array;
    this.#stored[place] = undefined;
    this.#holds[place] = undefined;
    this.#sharedEnds[place] = 0;
    return array;
  }

  #read(place: number): A | undefined {
    const stored = this.#stored[place];
    if (stored !== undefined) this.#arrays[place] = stored.read();
    return this.#arrays[place];
  }
}
