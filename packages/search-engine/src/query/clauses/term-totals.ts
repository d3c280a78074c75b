import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { AmountOf, ClauseTotals } from './clause-totals.ts';
import type { TermClause } from './term-clause.ts';

/** Of many terms of one column. */
export class TermTotals implements ClauseTotals {
  readonly #column: KeywordColumn;
  /** By ordinal. */
  readonly #totals = new Map<number, { sum: number; best: number }>();

  /** `terms` are of that column. */
  constructor(column: KeywordColumn, terms: readonly TermClause[], amountOf: AmountOf) {
    this.#column = column;
    for (const term of terms) {
      const amount = amountOf(term);
      const { sum, best } = this.#totals.get(term.ordinal) ?? { sum: 0, best: 0 };
      this.#totals.set(term.ordinal, { sum: sum + amount, best: Math.max(best, amount) });
    }
  }

  add(chunk: number, offsets: Uint16Array, count: number, sums: Float64Array, best?: Float64Array): void {
    const values = this.#column.chunk(chunk);
    if (values === undefined) return;
    const { ordinals } = values;
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      const start = values.single ? offset : values.starts[offset]!;
      const end = values.single ? offset + 1 : start + values.counts[offset]!;
      for (let at = start; at < end; at++) {
        const totals = this.#totals.get(ordinals[at]!);
        if (totals === undefined) continue;
        sums[i]! += totals.sum;
        if (best !== undefined && totals.best > best[i]!) best[i] = totals.best;
      }
    }
  }
}
