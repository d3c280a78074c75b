import type { DocSet } from '../../columns/doc-set.ts';
import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { Clause } from './clause.ts';

/** The documents that have one keyword: each with the same score. */
export class TermClause implements Clause {
  readonly cost: number;
  readonly #column: KeywordColumn;
  readonly #ordinal: number;
  readonly #score: number;

  constructor(column: KeywordColumn, ordinal: number, score: number) {
    this.#column = column;
    this.#ordinal = ordinal;
    this.#score = Math.fround(score);
    this.cost = column.docCount(ordinal);
  }

  docs(): DocSet {
    return this.#column.docs(this.#ordinal);
  }

  matches(doc: number): boolean {
    return this.#column.has(doc, this.#ordinal);
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}
