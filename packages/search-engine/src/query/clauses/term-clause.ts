import type { DocSet } from '../../columns/doc-set.ts';
import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { Steps } from '../../steps/steps.ts';
import type { TermStatistics } from '../../text/bm25.ts';
import type { Clause, TermComposition } from './clause.ts';

/** The documents that have one keyword: each with the same score. */
export class TermClause implements Clause {
  readonly cost: number;
  readonly #column: KeywordColumn;
  readonly #ordinal: number;
  readonly #score: number;
  readonly composition: TermComposition;

  constructor(column: KeywordColumn, ordinal: number, score: number, statistics: TermStatistics, boost: number) {
    this.#column = column;
    this.#ordinal = ordinal;
    this.#score = Math.fround(score);
    this.cost = column.docCount(ordinal);
    const occurrences = () => ({ frequency: 1, length: 1 });
    this.composition = { kind: 'term', column, ordinals: [ordinal], statistics, boost, occurrences };
  }

  docs(): DocSet {
    return this.#column.docs(this.#ordinal);
  }

  find(): Steps<DocSet> {
    return this.#column.findDocs(this.#ordinal);
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
