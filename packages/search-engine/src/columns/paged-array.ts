import { CHUNK_DOCS, CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import { FOREVER, type Hold, joinHolds, ownedBy, RELEASED } from './hold.ts';

/** The kinds of array that columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const FIRST_LENGTH = 64;

/**
 * A growing array in pages of 65,536 elements; elements that were never set are 0. Only the first page grows by doubling, so that small
 * indices stay small and large ones never copy what they have. A page that is held is copied before it is next written.
 */
export class PagedArray<A extends NumberArray> {
  readonly #make: (length: number) => A;
  readonly #pages: (A | undefined)[] = [];
  /** By page: none once it has been written since it was frozen or forked. */
  readonly #holds: (Hold | undefined)[] = [];
  #bytes = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
  }

  static thaw<A extends NumberArray>(make: (length: number) => A, frozen: readonly (A | null)[]): PagedArray<A> {
    const array = new PagedArray(make);
    for (const page of frozen) {
      array.#pages.push(page ?? undefined);
      array.#holds.push(RELEASED);
      array.#bytes += page?.byteLength ?? 0;
    }
    return array;
  }

  /** A second array with the same elements, which is to be written from then on in the place of this one; pages are shared until they are. */
  fork(): PagedArray<A> {
    const fork = new PagedArray(this.#make);
    fork.#pages.push(...this.#pages);
    fork.#holds.push(...this.#pages.map(() => FOREVER));
    fork.#bytes = this.#bytes;
    return fork;
  }

  /** The pages as they are now: the same arrays as the last time where nothing was written in between. */
  freeze(hold: Hold): (A | null)[] {
    for (const [number, before] of this.#holds.entries()) this.#holds[number] = joinHolds(before, hold);
    return this.#pages.map((page) => page ?? null);
  }

  get memoryBytes(): number {
    return this.#bytes;
  }

  get(index: number): number {
    const page = this.#pages[index >>> CHUNK_SHIFT];
    return page === undefined ? 0 : (page[index & CHUNK_MASK] ?? 0);
  }

  set(index: number, value: number): void {
    const number = index >>> CHUNK_SHIFT;
    const offset = index & CHUNK_MASK;
    const page = this.#pages[number];
    if (page !== undefined && offset < page.length && this.#holds[number] === undefined) page[offset] = value;
    else this.#replace(number, offset)[offset] = value;
  }

  /** The page with at least `length` elements, for loops that read many; undefined when nothing in it was ever set. */
  page(number: number, length: number): A | undefined {
    const page = this.#pages[number];
    return page === undefined || page.length >= length ? page : this.#replace(number, length - 1);
  }

  #replace(number: number, offset: number): A {
    const old = this.#pages[number];
    if (old !== undefined && offset < old.length && this.#holds[number]?.isReleased) {
      this.#holds[number] = undefined;
      this.#pages[number] = ownedBy(old, true);
      return this.#pages[number];
    }
    let length = number === 0 ? Math.max(FIRST_LENGTH, old?.length ?? 0) : CHUNK_DOCS;
    while (length <= offset) length *= 2;
    const page = this.#make(length);
    if (old !== undefined) page.set(old);
    while (this.#pages.length <= number) {
      this.#pages.push(undefined);
      this.#holds.push(undefined);
    }
    this.#pages[number] = page;
    this.#holds[number] = undefined;
    this.#bytes += page.byteLength - (old?.byteLength ?? 0);
    return page;
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
