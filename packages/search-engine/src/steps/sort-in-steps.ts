import type { Steps } from './steps.ts';

type Compare<T> = (a: T, b: T) => number;

/** Items that are sorted, or merged, in one step. */
const RUN = 1024;
/** So few items are sorted here: the array's own sort makes others on its way, and there may be thousands of short lists. */
const FEW = 16;

/** The items in the order of `compare`; those that are equal stay in theirs. A merge sort, whose array becomes the caller's. */
export function* sortInSteps<T>(items: Iterable<T>, compare: Compare<T>): Steps<T[]> {
  let sorted = [...items];
  const { length } = sorted;
  if (length <= FEW) return insertionSort(sorted, compare);
  if (length <= RUN) return sorted.sort(compare);
  let merged = sorted.slice();
  for (let start = 0; start < length; start += RUN) {
    const run = merged.slice(start, start + RUN).sort(compare);
    for (let at = 0; at < run.length; at++) sorted[start + at] = run[at]!;
    yield;
  }
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const merge = new Merge(sorted, merged, compare, start, width);
      while (merge.mergeSome()) yield;
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

function insertionSort<T>(items: T[], compare: Compare<T>): T[] {
  for (let next = 1; next < items.length; next++) {
    const item = items[next]!;
    let at = next;
    for (; at > 0 && compare(items[at - 1]!, item) > 0; at--) items[at] = items[at - 1]!;
    items[at] = item;
  }
  return items;
}

/** Brings two neighbouring runs together. */
class Merge<T> {
  readonly #from: readonly T[];
  readonly #to: T[];
  readonly #compare: Compare<T>;
  readonly #middle: number;
  readonly #end: number;
  #left: number;
  #right: number;
  #at: number;

  constructor(from: readonly T[], to: T[], compare: Compare<T>, start: number, width: number) {
    this.#from = from;
    this.#to = to;
    this.#compare = compare;
    this.#middle = Math.min(from.length, start + width);
    this.#end = Math.min(from.length, start + 2 * width);
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
