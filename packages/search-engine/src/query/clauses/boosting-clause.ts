import type { DocSet } from '../../columns/doc-set.ts';
import type { Steps } from '../../steps/steps.ts';
import { type Clause, findDocs } from './clause.ts';

/** The documents of one clause; the score of those that match a second one is lowered. */
export class BoostingClause implements Clause {
  readonly cost: number;
  readonly #positive: Clause;
  readonly #negative: Clause;
  readonly #negativeBoost: number;
  readonly #boost: number;

  /** `boost` multiplies the result; `positive` must not carry it. */
  constructor(positive: Clause, negative: Clause, negativeBoost: number, boost: number) {
    this.#positive = positive;
    this.#negative = negative;
    this.#negativeBoost = Math.fround(negativeBoost);
    this.#boost = boost;
    this.cost = positive.cost;
  }

  docs(): DocSet {
    return this.#positive.docs();
  }

  find(): Steps<DocSet> {
    return findDocs(this.#positive);
  }

  matches(doc: number): boolean {
    return this.#positive.matches(doc);
  }

  score(doc: number): number {
    const factor = this.#negative.matches(doc) ? this.#negativeBoost : 1;
    return Math.fround(this.#positive.score(doc) * factor * this.#boost);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}
