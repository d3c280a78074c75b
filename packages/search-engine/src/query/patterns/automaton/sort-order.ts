import type { Steps } from '../../../steps/steps.ts';

export type Compare = (a: number, b: number) => number;

/** Runs of so many are sorted where they are. */
const RUN = 32;
/** Numbers that are sorted, or merged, in one step. */
const MERGED = 1024;

/** Sorts the first `count` numbers in place: for few of them, or almost in order. */
export function sortFew(order: Int32Array, count: number, compare: Compare): void {
  insertionSort(order, 0, count, compare);
}

/** Sorts the first `count` numbers in place, by merging runs of them. */
export function* sortMany(order: Int32Array, count: number, compare: Compare): Steps<void> {
  for (let start = 0; start < count; start += MERGED) {
    sortRuns(order, start, Math.min(count, start + MERGED), compare);
    yield;
  }
  let sorted = order;
  let merged: Int32Array = new Int32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    const merging = new Merging(sorted, merged, count, width, compare);
    while (merging.mergeSome()) yield;
    [sorted, merged] = [merged, sorted];
  }
  if (sorted !== order) order.set(sorted);
}

function sortRuns(order: Int32Array, from: number, to: number, compare: Compare): void {
  for (let start = from; start < to; start += RUN) insertionSort(order, start, Math.min(to, start + RUN), compare);
}

function insertionSort(order: Int32Array, start: number, end: number, compare: Compare): void {
  for (let next = start + 1; next < end; next++) {
    const item = order[next]!;
    let at = next;
    for (; at > start && compare(order[at - 1]!, item) > 0; at--) order[at] = order[at - 1]!;
    order[at] = item;
  }
}

/** Merges each two neighbouring sorted runs of a width. */
class Merging {
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #count: number;
  readonly #width: number;
  readonly #compare: Compare;
  #at = 0;
  #left = 0;
  #middle = 0;
  #right = 0;
  #end = 0;

  constructor(from: Int32Array, to: Int32Array, count: number, width: number, compare: Compare) {
    this.#from = from;
    this.#to = to;
    this.#count = count;
    this.#width = width;
    this.#compare = compare;
  }

  /** As much as one step takes. Whether there is more. */
  mergeSome(): boolean {
    const until = Math.min(this.#count, this.#at + MERGED);
    while (this.#at < until) {
      if (this.#at === this.#end) this.#startPair();
      this.#to[this.#at++] = this.#from[this.#isLeftNext() ? this.#left++ : this.#right++]!;
    }
    return this.#at < this.#count;
  }

  #startPair(): void {
    this.#left = this.#at;
    this.#middle = Math.min(this.#count, this.#at + this.#width);
    this.#right = this.#middle;
    this.#end = Math.min(this.#count, this.#middle + this.#width);
  }

  #isLeftNext(): boolean {
    if (this.#left === this.#middle) return false;
    return this.#right === this.#end || this.#compare(this.#from[this.#left]!, this.#from[this.#right]!) <= 0;
  }
}
