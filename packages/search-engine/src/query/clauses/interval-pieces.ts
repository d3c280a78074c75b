import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { countBelow } from '../../columns/count-below.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import type { Interval } from './numeric-range-clause.ts';

/** The pieces that an interval covers, from the first to the last; of an empty interval none. */
export interface PieceRange {
  readonly first: number;
  readonly last: number;
}

/** Stands for the pieces of a document with several values. */
export const SEVERAL = -1;

/**
 * The pieces into which the ends of many intervals cut the numbers: all numbers of a piece lie in the same intervals, so that a value is looked up once
 * however many intervals there are.
 */
export class IntervalPieces {
  readonly #ends: Float64Array;
  /** Of a document without a value: no interval covers it. */
  readonly none: number;
  #pieces: Int32Array = new Int32Array(0);

  constructor(intervals: readonly Interval[]) {
    this.#ends = Float64Array.from(new Set(intervals.flatMap(({ lowest, highest }) => [lowest, highest]))).sort();
    this.none = 2 * this.#ends.length + 1;
  }

  get size(): number {
    return this.none + 1;
  }

  rangeOf({ lowest, highest }: Interval): PieceRange {
    return lowest <= highest ? { first: this.#pieceOf(lowest), last: this.#pieceOf(highest) } : { first: 0, last: -1 };
  }

  /** The piece, or {@link SEVERAL}, of each of the first `count` documents of a chunk; they stand until the next call. */
  read(column: NumericColumn, chunk: number, offsets: Uint16Array, count: number): Int32Array {
    if (this.#pieces.length < count) this.#pieces = new Int32Array(count);
    const pieces = this.#pieces;
    const values = column.chunk(chunk);
    if (values === undefined) return pieces.fill(this.none, 0, count);
    if (values.single) {
      for (let i = 0; i < count; i++) pieces[i] = this.#pieceOf(values.values[offsets[i]!]!);
      return pieces;
    }
    for (let i = 0; i < count; i++) pieces[i] = this.#pieceOfDoc(column, chunk * CHUNK_DOCS + offsets[i]!);
    return pieces;
  }

  #pieceOfDoc(column: NumericColumn, doc: number): number {
    const count = column.count(doc);
    return count > 1 ? SEVERAL : count === 1 ? this.#pieceOf(column.value(doc, 0)) : this.none;
  }

  /** Odd for an end itself, even between two; NaN stands for no value. */
  #pieceOf(value: number): number {
    if (Number.isNaN(value)) return this.none;
    const below = countBelow(this.#ends, value);
    return 2 * below + Number(this.#ends[below] === value);
  }
}
