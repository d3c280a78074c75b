import { CHUNK_DOCS } from './chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import { HeldArrays } from './held-arrays.ts';
import type { Hold } from './hold.ts';
import { makeLike, type NumberArray, type NumberKind } from './number-array.ts';
import type { Stored } from './stored-array.ts';

const FIRST_LENGTH = 64;

/**
 * A growing array in pages of 65,536 elements; elements that were never set are 0. Only the first page grows by doubling, so that small
 * indices stay small and large ones never copy what they have.
 */
export class PagedArray<A extends NumberArray> {
  readonly #kind: NumberKind<A>;
  readonly #pages: HeldArrays<A>;
  #bytes = 0;

  constructor(kind: NumberKind<A>, pages: HeldArrays<A> = new HeldArrays()) {
    this.#kind = kind;
    this.#pages = pages;
  }

  static thaw<A extends NumberArray>(kind: NumberKind<A>, frozen: readonly (Stored<A> | null)[]): PagedArray<A> {
    const array = new PagedArray(kind, HeldArrays.thaw(frozen));
    for (const page of frozen) array.#bytes += page?.byteLength ?? 0;
    return array;
  }

  /**
   * A second array with the same elements, which is to be written from then on in the place of this one; no element from `end` on has been set. A page is
   * shared until one below `end` is written.
   */
  fork(end: number): PagedArray<A> {
    const fork = new PagedArray(this.#kind, this.#pages.fork(end));
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
    const page = this.#pages.ownAt(number, offset);
    if (page !== undefined && offset < page.length && this.#kind.fits(page, value)) page[offset] = value;
    else this.#ownPage(number, offset, value)[offset] = value;
  }

  /** The page with at least `length` elements, for loops that read many; undefined when nothing in it was ever set. */
  page(number: number, length: number): A | undefined {
    const page = this.#pages.at(number);
    return page === undefined || page.length >= length ? page : this.#ownPage(number, length - 1, 0);
  }

  /** A page to which `value` may be written at `offset`. */
  #ownPage(number: number, offset: number, value: number): A {
    const old = this.#pages.at(number);
    const isWide = old === undefined || this.#kind.fits(old, value);
    if (old !== undefined && isWide && offset < old.length) return this.#pages.own(number, offset);
    let length = number === 0 ? Math.max(FIRST_LENGTH, old?.length ?? 0) : CHUNK_DOCS;
    while (length <= offset) length *= 2;
    const page = old !== undefined && isWide ? makeLike(old, length) : this.#kind.make(length, value);
    if (old !== undefined) page.set(old);
    this.#bytes += page.byteLength - (old?.byteLength ?? 0);
    return this.#pages.put(number, page);
  }
}
