import type { DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import { type Clause, findDocs, type ScoreComposition } from './clause.ts';
import { filterDocs } from './filtered-docs.ts';
import { retainMembers, retainTested } from './narrow.ts';

/** The documents of another clause that pass a test of their own as well. */
export class PredicateClause implements Clause {
  readonly cost: number;
  readonly #candidates: Clause;
  readonly #test: (doc: number) => boolean;
  readonly #score: (doc: number) => number;
  readonly composition?: ScoreComposition;
  #docs: DocSet | undefined;

  /** `test` is asked about candidates only, `score` about documents that passed. */
  constructor(
    candidates: Clause,
    test: (doc: number) => boolean,
    score: (doc: number) => number,
    composition?: ScoreComposition,
  ) {
    this.#candidates = candidates;
    this.#test = test;
    this.#score = score;
    this.cost = candidates.cost;
    if (composition !== undefined) this.composition = composition;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* filterDocs(yield* findDocs(this.#candidates), this.#test);
    return this.#docs;
  }

  matches(doc: number): boolean {
    return this.#docs?.has(doc) ?? (this.#candidates.matches(doc) && this.#test(doc));
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    if (this.#docs !== undefined) return retainMembers(this.#docs, chunk, offsets, count);
    return retainTested((doc) => this.matches(doc), chunk, offsets, count);
  }

  score(doc: number): number {
    return this.#score(doc);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}
