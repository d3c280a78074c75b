import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { Clause } from './clause.ts';
import { unionOf } from './filtered-docs.ts';

/** The documents that have any of several terms, each with the same score. */
export class TermsClause implements Clause {
  readonly cost: number;
  readonly #column: OrdinalColumn;
  readonly #ordinals: readonly number[];
  readonly #limit: number;
  readonly #score: number;
  #members: Set<number> | undefined;
  #docs: DocSet | undefined;

  /** `limit`: one more than the highest document number. */
  constructor(column: OrdinalColumn, ordinals: readonly number[], limit: number, score: number) {
    this.#column = column;
    this.#ordinals = ordinals;
    this.#limit = limit;
    this.#score = Math.fround(score);
    let cost = 0;
    for (const ordinal of ordinals) cost += column.docCount(ordinal);
    this.cost = cost;
  }

  docs(): DocSet {
    this.#docs ??= unionOf(
      this.#ordinals.map((ordinal) => this.#column.docs(ordinal)),
      this.#limit,
    );
    return this.#docs;
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    this.#members ??= new Set(this.#ordinals);
    const count = this.#column.count(doc);
    for (let i = 0; i < count; i++) if (this.#members.has(this.#column.value(doc, i))) return true;
    return false;
  }

  score(): number {
    return this.#score;
  }
}
