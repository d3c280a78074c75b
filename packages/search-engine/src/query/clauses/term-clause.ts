import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { Clause } from './clause.ts';

/** The documents that have one term. */
export class TermClause implements Clause {
  readonly cost: number;
  readonly #column: OrdinalColumn;
  readonly #ordinal: number;
  readonly #score: (doc: number) => number;

  /** `score` is asked about documents that have the term. */
  constructor(column: OrdinalColumn, ordinal: number, score: (doc: number) => number) {
    this.#column = column;
    this.#ordinal = ordinal;
    this.#score = score;
    this.cost = column.docCount(ordinal);
  }

  docs(): DocSet {
    return this.#column.docs(this.#ordinal);
  }

  matches(doc: number): boolean {
    return this.#column.has(doc, this.#ordinal);
  }

  score(doc: number): number {
    return this.#score(doc);
  }
}
