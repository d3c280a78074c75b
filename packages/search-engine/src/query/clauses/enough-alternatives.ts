import { borrowOffsets, returnOffsets } from '../../columns/offset-buffers.ts';
import type { Clause } from './clause.ts';
import type { ClauseTotals } from './clause-totals.ts';
import { retain, toPlaces } from './narrow.ts';
import { totalsByColumn } from './totals-by-column.ts';

/** Clauses of which `minimum` or more have to match. */
export class EnoughAlternatives {
  readonly #minimum: number;
  readonly #totals: readonly ClauseTotals[];
  readonly #others: readonly Clause[];
  /** How many match each document. */
  #matches: Float64Array = new Float64Array(0);

  constructor(clauses: readonly Clause[], minimum: number) {
    this.#minimum = minimum;
    const { totals, others } = totalsByColumn(clauses, () => 1);
    this.#totals = totals;
    this.#others = others;
  }

  /** As {@link Clause.retain}. */
  retain(chunk: number, offsets: Uint16Array, count: number): number {
    if (this.#matches.length < count) this.#matches = new Float64Array(count);
    const matches = this.#matches.fill(0, 0, count);
    for (const totals of this.#totals) totals.add(chunk, offsets, count, matches);
    const matching = borrowOffsets();
    for (const clause of this.#others) {
      matching.set(offsets.subarray(0, count));
      const found = retain(clause, chunk, matching, count);
      toPlaces(matching, found, offsets);
      for (let i = 0; i < found; i++) matches[matching[i]!]!++;
    }
    returnOffsets(matching);
    let kept = 0;
    for (let i = 0; i < count; i++) if (matches[i]! >= this.#minimum) offsets[kept++] = offsets[i]!;
    return kept;
  }
}
