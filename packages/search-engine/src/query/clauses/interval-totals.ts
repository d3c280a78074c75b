import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import type { AmountOf, ClauseTotals } from './clause-totals.ts';
import { IntervalPieces, SEVERAL } from './interval-pieces.ts';
import type { NumericRangeClause } from './numeric-range-clause.ts';

/** Of many ranges of one column. */
export class IntervalTotals implements ClauseTotals {
  readonly #column: NumericColumn;
  readonly #ranges: readonly NumericRangeClause[];
  readonly #amounts: Float64Array;
  readonly #pieces: IntervalPieces;
  /** By piece. */
  readonly #sums: Float64Array;
  readonly #best: Float64Array;

  /** `ranges` are of that column. */
  constructor(column: NumericColumn, ranges: readonly NumericRangeClause[], amountOf: AmountOf) {
    this.#column = column;
    this.#ranges = ranges;
    this.#amounts = Float64Array.from(ranges, amountOf);
    this.#pieces = new IntervalPieces(ranges.map(({ interval }) => interval));
    this.#sums = new Float64Array(this.#pieces.size);
    this.#best = new Float64Array(this.#pieces.size);
    for (const [at, { interval }] of ranges.entries()) {
      const amount = this.#amounts[at]!;
      const { first, last } = this.#pieces.rangeOf(interval);
      for (let piece = first; piece <= last; piece++) {
        this.#sums[piece]! += amount;
        if (amount > this.#best[piece]!) this.#best[piece] = amount;
      }
    }
  }

  add(chunk: number, offsets: Uint16Array, count: number, sums: Float64Array, best?: Float64Array): void {
    const pieces = this.#pieces.read(this.#column, chunk, offsets, count);
    for (let i = 0; i < count; i++) {
      const piece = pieces[i]!;
      if (piece === SEVERAL) {
        this.#addOfSeveral(chunk * CHUNK_DOCS + offsets[i]!, i, sums, best);
        continue;
      }
      sums[i]! += this.#sums[piece]!;
      if (best !== undefined && this.#best[piece]! > best[i]!) best[i] = this.#best[piece]!;
    }
  }

  /** A document with several values may be in a range by any of them, and counts once. */
  #addOfSeveral(doc: number, i: number, sums: Float64Array, best: Float64Array | undefined): void {
    for (let at = 0; at < this.#ranges.length; at++) {
      if (!this.#ranges[at]!.matches(doc)) continue;
      const amount = this.#amounts[at]!;
      sums[i]! += amount;
      if (best !== undefined && amount > best[i]!) best[i] = amount;
    }
  }
}
