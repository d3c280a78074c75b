import type { NumericRangeClause } from './numeric-range-clause.ts';
import type { TermClause } from './term-clause.ts';

/** What a clause counts for: its score, or 1 where those that match are counted; never negative. */
export type AmountOf = (clause: TermClause | NumericRangeClause) => number;

/** What many clauses of one column amount to for documents, each of which is looked up by its own values however many clauses there are. */
export interface ClauseTotals {
  /** For each of the first `count` documents of a chunk, adds the amounts of the clauses that match to `sums`, and raises `best` to the largest of them. */
  add(chunk: number, offsets: Uint16Array, count: number, sums: Float64Array, best?: Float64Array): void;
}
