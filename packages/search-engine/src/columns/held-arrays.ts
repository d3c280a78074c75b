import { FOREVER, type Hold, joinHolds, ownedBy, RELEASED } from './hold.ts';
import type { NumberArray } from './number-array.ts';
import { type Stored, StoredArray } from './stored-array.ts';

/** A growing list of arrays, each of which is copied before it is written while others hold it, and read when it is first wanted if it is stored. */
export class HeldArrays<A extends NumberArray> {
  readonly #arrays: (A | undefined)[] = [];
  /** None of an array that has been written since it was frozen or forked. */
  readonly #holds: (Hold | undefined)[] = [];
  /** Where an array is stored that has not been written since. */
  readonly #stored: (StoredArray<A> | undefined)[] = [];

  static thaw<A extends NumberArray>(frozen: readonly (Stored<A> | null)[]): HeldArrays<A> {
    const arrays = new HeldArrays<A>();
    for (const array of frozen) {
      const isStored = array instanceof StoredArray;
      arrays.#arrays.push(isStored ? undefined : (array ?? undefined));
      arrays.#stored.push(isStored ? array : undefined);
      arrays.#holds.push(RELEASED);
    }
    return arrays;
  }

  /** A second list of the same arrays, which is to be written from then on in the place of this one. */
  fork(): HeldArrays<A> {
    const fork = new HeldArrays<A>();
    fork.#arrays.push(...this.#arrays);
    fork.#stored.push(...this.#stored);
    fork.#holds.push(...this.#arrays.map(() => FOREVER));
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

  /** To be written. Undefined if it must be made {@link own} before, or none was put. */
  ownAt(place: number): A | undefined {
    return this.#holds[place] === undefined ? this.#arrays[place] : undefined;
  }

  /** An array that was put, to be written: in the same memory unless others still hold it. */
  own(place: number): A {
    const own = this.ownAt(place);
    if (own !== undefined) return own;
    return this.put(place, ownedBy(this.at(place)!, this.#holds[place]?.isReleased === true));
  }

  /** Puts an array that nobody else has. */
  put(place: number, array: A): A {
    while (this.#arrays.length <= place) {
      this.#arrays.push(undefined);
      this.#stored.push(undefined);
      this.#holds.push(undefined);
    }
    this.#arrays[place] = array;
    this.#stored[place] = undefined;
    this.#holds[place] = undefined;
    return array;
  }

  #read(place: number): A | undefined {
    const stored = this.#stored[place];
    if (stored !== undefined) this.#arrays[place] = stored.read();
    return this.#arrays[place];
  }
}
