import { finish, type Steps } from '../../steps/steps.ts';

/** A longer part takes a step of its own to be parted. */
const STEP_VALUES = 65_536;

/** Parts shorter than this are sorted. */
const SORTED_BELOW = 64;

/** So few values are sorted at once: whoever asks for several ranks of them is answered sooner. */
export const SORTED_AT_ONCE = 1024;

/**
 * The values of an array by their rank, found without sorting all of it: each question parts the array only as far as its answer needs, and later
 * ones go on from there (quickselect: Hoare, "Algorithm 65: Find", 1961). Linear in the length for a few ranks; a part that does not become
 * smaller fast enough is sorted, so that no order of the values makes it slow.
 */
export class OrderStatistics {
  /** Whether every answer is there already. */
  readonly isSorted: boolean;
  readonly #values: Float64Array;
  /** Ranks whose value stands at its place, ascending: what is before is not greater, what is behind not smaller. */
  readonly #settled: number[] = [];

  /** The array is used up. No value is NaN. */
  constructor(values: Float64Array) {
    this.#values = values;
    this.isSorted = values.length <= SORTED_AT_ONCE;
    if (this.isSorted) values.sort();
  }

  get length(): number {
    return this.#values.length;
  }

  /** The value of a rank, which is from 0 to before the length. */
  at(rank: number): number {
    if (!this.isSorted) finish(this.settle(rank));
    return this.#values[rank]!;
  }

  /** Does what {@link at} has to do, in steps. */
  *settle(rank: number): Steps<void> {
    if (this.isSorted) return;
    const values = this.#values;
    const found = this.#settled.findIndex((settled) => settled >= rank);
    const after = found < 0 ? this.#settled.length : found;
    if (this.#settled[after] === rank) return;
    let low = (this.#settled[after - 1] ?? -1) + 1;
    let high = (this.#settled[after] ?? values.length) - 1;
    for (let tries = 2 * Math.log2(values.length); high - low >= SORTED_BELOW && tries > 0; tries--) {
      if (high - low > STEP_VALUES) yield;
      const [left, right] = part(values, low, high);
      if (rank <= left) high = left;
      else if (rank >= right) low = right;
      else {
        low = rank;
        high = rank;
      }
    }
    values.subarray(low, high + 1).sort();
    this.#settled.splice(after, 0, ...new Set([low, rank, high]));
  }
}

/** Moves the values up to `left` below those from `right` on; what is between them is equal. */
function part(values: Float64Array, low: number, high: number): readonly [left: number, right: number] {
  const pivot = median(values[low]!, values[(low + high) >>> 1]!, values[high]!);
  let right = low;
  let left = high;
  while (right <= left) {
    while (values[right]! < pivot) right++;
    while (values[left]! > pivot) left--;
    if (right > left) break;
    const value = values[right]!;
    values[right++] = values[left]!;
    values[left--] = value;
  }
  return [left, right];
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
