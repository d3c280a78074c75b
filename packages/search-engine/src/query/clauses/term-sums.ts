import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { TermClause } from './term-clause.ts';

/** What many terms of one column add to the scores of documents: each ordinal of a document is looked up once, however many terms there are. */
export class TermSums {
  readonly #column: KeywordColumn;
  readonly #sums = new Map<number, number>();

  /** `terms` are of that column. */
  constructor(column: KeywordColumn, terms: readonly TermClause[]) {
    this.#column = column;
    for (const term of terms) this.#sums.set(term.ordinal, (this.#sums.get(term.ordinal) ?? 0) + term.score());
  }

  /** Adds to the number of each of the first `count` documents of a chunk. */
  add(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    const values = this.#column.chunk(chunk);
    if (values === undefined) return;
    const { ordinals } = values;
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      const start = values.single ? offset : values.starts[offset]!;
      const end = values.single ? offset + 1 : start + values.counts[offset]!;
      for (let at = start; at < end; at++) into[i]! += this.#sums.get(ordinals[at]!) ?? 0;
    }
  }
}
