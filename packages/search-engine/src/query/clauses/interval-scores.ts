import { CHUNK_DOCS } from '../../columns/doc-set.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import { countBelow } from './count-below.ts';
import type { NumericRangeClause } from './numeric-range-clause.ts';

/**
 * What many ranges of one column add to the scores of documents. Their ends cut the numbers into pieces in each of which the sum is the same, so that a value
 * is looked up once however many ranges there are.
 */
export class IntervalScores {
  readonly #column: NumericColumn;
  readonly #ranges: readonly NumericRangeClause[];
  readonly #ends: Float64Array;
  /** Before, at, and behind each end in turn. */
  readonly #sums: Float64Array;

  /** `ranges` are of that column. */
  constructor(column: NumericColumn, ranges: readonly NumericRangeClause[]) {
    this.#column = column;
    this.#ranges = ranges;
    this.#ends = endsOf(ranges);
    this.#sums = new Float64Array(2 * this.#ends.length + 1);
    for (const { interval, score } of ranges.map((range) => ({ interval: range.interval, score: range.score() }))) {
      if (!(interval.lowest <= interval.highest)) continue;
      const last = pieceOf(this.#ends, interval.highest);
      for (let piece = pieceOf(this.#ends, interval.lowest); piece <= last; piece++) this.#sums[piece]! += score;
    }
  }

  /** Adds to the number of each of the first `count` documents of a chunk. */
  add(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    const values = this.#column.chunk(chunk);
    if (values === undefined) return;
    if (!values.single) {
      for (let i = 0; i < count; i++) into[i]! += this.#sumOf(chunk * CHUNK_DOCS + offsets[i]!);
      return;
    }
    for (let i = 0; i < count; i++) {
      const value = values.values[offsets[i]!]!;
      if (!Number.isNaN(value)) into[i]! += this.#sums[pieceOf(this.#ends, value)]!;
    }
  }

  /** A document with several values may be in a range by any of them, and counts once. */
  #sumOf(doc: number): number {
    const count = this.#column.count(doc);
    if (count === 0) return 0;
    if (count === 1) return this.#sums[pieceOf(this.#ends, this.#column.value(doc, 0))]!;
    let sum = 0;
    for (const range of this.#ranges) sum += range.scoreOrZero(doc);
    return sum;
  }
}

function endsOf(ranges: readonly NumericRangeClause[]): Float64Array {
  return Float64Array.from(new Set(ranges.flatMap(({ interval: { lowest, highest } }) => [lowest, highest]))).sort();
}

/** Odd for an end itself, even between two. */
function pieceOf(ends: Float64Array, value: number): number {
  const below = countBelow(ends, value);
  return 2 * below + Number(ends[below] === value);
}
