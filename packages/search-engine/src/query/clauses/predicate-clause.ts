import type { DocSet } from '../../columns/doc-set.ts';
import type { Clause } from './clause.ts';
import { filteredDocs } from './filtered-docs.ts';

/** The documents of another clause that pass a test of their own as well. */
export class PredicateClause implements Clause {
  readonly cost: number;
  readonly #candidates: Clause;
  readonly #test: (doc: number) => boolean;
  readonly #score: (doc: number) => number;
  #docs: DocSet | undefined;

  /** `test` is asked about candidates only, `score` about documents that passed. */
  constructor(candidates: Clause, test: (doc: number) => boolean, score: (doc: number) => number) {
    this.#candidates = candidates;
    this.#test = test;
    this.#score = score;
    this.cost = candidates.cost;
  }

  docs(): DocSet {
    this.#docs ??= filteredDocs(this.#candidates.docs(), this.#test);
    return this.#docs;
  }

  matches(doc: number): boolean {
    return this.#docs?.has(doc) ?? (this.#candidates.matches(doc) && this.#test(doc));
  }

  score(doc: number): number {
    return this.#score(doc);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}
