import type { Steps } from './steps.ts';

export type Compare<T> = (a: T, b: T) => number;

/** An array, or one of numbers. */
interface List<T> {
  [at: number]: T;
}

/** Items that are sorted, or merged, in one step. */
const RUN = 1024;
/** So few items are sorted here: the array's own sort makes others on its way, and there may be thousands of short lists. */
const FEW = 16;

/** The items in the order of `compare`; those that are equal stay in theirs. A merge sort, whose array becomes the caller's. */
export function* sortInSteps<T>(items: Iterable<T>, compare: Compare<T>): Steps<T[]> {
  const sorted = [...items];
  const { length } = sorted;
  if (length <= FEW) {
    sortFew(sorted, length, compare);
    return sorted;
  }
  if (length <= RUN) return sorted.sort(compare);
  const spare = sorted.slice();
  for (let start = 0; start < length; start += RUN) {
    const run = spare.slice(start, start + RUN).sort(compare);
    for (let at = 0; at < run.length; at++) sorted[start + at] = run[at]!;
    yield;
  }
  return yield* mergeRuns(sorted, spare, length, compare);
}

/** Puts the first `count` integers in the order of `compare` where they are; those that are equal stay in theirs. */
export function* sortIntegersInSteps(integers: Int32Array, count: number, compare: Compare<number>): Steps<void> {
  for (let start = 0; start < count; start += RUN) {
    integers.subarray(start, Math.min(count, start + RUN)).sort(compare);
    yield;
  }
  const sorted = yield* mergeRuns(integers, new Int32Array(count), count, compare);
  if (sorted !== integers) integers.set(sorted);
}

/** The same of few, or almost in order, at once. */
export function sortFew<T>(items: List<T>, count: number, compare: Compare<T>): void {
  for (let next = 1; next < count; next++) {
    const item = items[next]!;
    let at = next;
    for (; at > 0 && compare(items[at - 1]!, item) > 0; at--) items[at] = items[at - 1]!;
    items[at] = item;
  }
}

/** Merges sorted runs in turns between two lists; gives the one that has them all. */
function* mergeRuns<T, L extends List<T>>(runs: L, spare: L, length: number, compare: Compare<T>): Steps<L> {
  let [from, to] = [runs, spare];
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const merge = new Merge<T>(from, to, compare, start, width, length);
      while (merge.mergeSome()) yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Brings two neighbouring runs together. */
class Merge<T> {
  readonly #from: List<T>;
  readonly #to: List<T>;
  readonly #compare: Compare<T>;
  readonly #middle: number;
  readonly #end: number;
  #left: number;
  #right: number;
  #at: number;

  constructor(from: List<T>, to: List<T>, compare: Compare<T>, start: number, width: number, length: number) {
    this.#from = from;
    this.#to = to;
    this.#compare = compare;
    this.#middle = Math.min(length, start + width);
    this.#end = Math.min(length, start + 2 * width);
    this.#left = start;
    this.#right = this.#middle;
    this.#at = start;
  }

  /** Whether there is more to do. */
  mergeSome(): boolean {
    const [from, to, compare] = [this.#from, this.#to, this.#compare];
    for (const until = Math.min(this.#end, this.#at + RUN); this.#at < until; this.#at++) {
      const isLeft =
        this.#left < this.#middle && (this.#right === this.#end || compare(from[this.#left]!, from[this.#right]!) <= 0);
      to[this.#at] = from[isLeft ? this.#left++ : this.#right++]!;
    }
    return this.#at < this.#end;
  }
}
