import { CHUNK_DOCS } from './chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import { HeldArrays } from './held-arrays.ts';
import type { Hold } from './hold.ts';
import type { NumberArray } from './number-array.ts';
import type { Stored } from './stored-array.ts';

const FIRST_LENGTH = 64;

/**
 * A growing array in pages of 65,536 elements; elements that were never set are 0. Only the first page grows by doubling, so that small
 * indices stay small and large ones never copy what they have.
 */
export class PagedArray<A extends NumberArray> {
  readonly #make: (length: number) => A;
  readonly #pages: HeldArrays<A>;
  #bytes = 0;

  constructor(make: (length: number) => A, pages: HeldArrays<A> = new HeldArrays()) {
    this.#make = make;
    this.#pages = pages;
  }

  static thaw<A extends NumberArray>(
    make: (length: number) => A,
    frozen: readonly (Stored<A> | null)[],
  ): PagedArray<A> {
    const array = new PagedArray(make, HeldArrays.thaw(frozen));
    for (const page of frozen) array.#bytes += page?.byteLength ?? 0;
    return array;
  }

  /** A second array with the same elements, which is to be written from then on in the place of this one; pages are shared until they are. */
  fork(): PagedArray<A> {
    const fork = new PagedArray(this.#make, this.#pages.fork());
    fork.#bytes = this.#bytes;
    return fork;
  }

  /** The pages as they are now: the same arrays as the last time where nothing was written in between. */
  freeze(hold: Hold): (Stored<A> | null)[] {
    return this.#pages.freeze(hold);
  }

  get memoryBytes(): number {
    return this.#bytes;
  }

  get(index: number): number {
    const page = this.#pages.at(index >>> CHUNK_SHIFT);
    return page === undefined ? 0 : (page[index & CHUNK_MASK] ?? 0);
  }

  set(index: number, value: number): void {
    const number = index >>> CHUNK_SHIFT;
    const offset = index & CHUNK_MASK;
    const page = this.#pages.ownAt(number);
    if (page !== undefined && offset < page.length) page[offset] = value;
    else this.#ownPage(number, offset)[offset] = value;
  }

  /** The page with at least `length` elements, for loops that read many; undefined when nothing in it was ever set. */
  page(number: number, length: number): A | undefined {
    const page = this.#pages.at(number);
    return page === undefined || page.length >= length ? page : this.#ownPage(number, length - 1);
  }

  /** A page that may be written at `offset`. */
  #ownPage(number: number, offset: number): A {
    const old = this.#pages.at(number);
    if (old !== undefined && offset < old.length) return this.#pages.own(number);
    let length = number === 0 ? Math.max(FIRST_LENGTH, old?.length ?? 0) : CHUNK_DOCS;
    while (length <= offset) length *= 2;
    const page = this.#make(length);
    if (old !== undefined) page.set(old);
    this.#bytes += page.byteLength - (old?.byteLength ?? 0);
    return this.#pages.put(number, page);
  }
}

/** Makes pages for {@link PagedArray}. */
export function makeUint32(length: number): Uint32Array {
  return new Uint32Array(length);
}

/** Makes pages for {@link PagedArray}. */
export function makeFloat64(length: number): Float64Array {
  return new Float64Array(length);
}
