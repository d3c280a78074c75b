import type { BitSet } from '../../columns/bit-set.ts';
import type { Column } from '../../columns/column.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { filterDocs } from './filtered-docs.ts';

/** The documents with a value in a column, each with the same score. */
export class ExistsClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #column: Column;
  readonly #live: BitSet;
  readonly #score: number;

  constructor(column: Column, live: BitSet, score: number) {
    this.#column = column;
    this.#live = live;
    this.#score = Math.fround(score);
    this.cost = column instanceof NumericColumn ? column.docCount : column.docsWithValue;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    if (this.cost === this.#live.size) return this.#live;
    return yield* filterDocs(this.#live, (doc) => this.matches(doc));
  }

  matches(doc: number): boolean {
    return this.#column.count(doc) > 0;
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}
