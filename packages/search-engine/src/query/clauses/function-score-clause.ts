import { DaybookError } from '@daybook/errors';
import type { DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { BoostMode, ScoreMode } from '../functions/score-function.ts';
import { type Clause, findDocs } from './clause.ts';
import { filterDocs } from './filtered-docs.ts';

/** A function and the documents that it is for. */
export interface FilteredFunction {
  readonly filter: Clause | undefined;
  readonly weight: number;
  readonly score: (doc: number) => number;
}

/** How the functions and the query's score become one score. */
export interface FunctionScoreOptions {
  readonly scoreMode: ScoreMode;
  readonly boostMode: BoostMode;
  readonly maxBoost: number;
  readonly minScore: number | undefined;
}

/** The documents of another clause, scored by functions as well; where `minScore` is given, only those that reach it. */
export class FunctionScoreClause implements Clause {
  readonly cost: number;
  readonly #inner: Clause;
  readonly #functions: readonly FilteredFunction[];
  readonly #options: FunctionScoreOptions;
  #docs: DocSet | undefined;

  constructor(inner: Clause, functions: readonly FilteredFunction[], options: FunctionScoreOptions) {
    this.#inner = inner;
    this.#functions = functions;
    this.#options = options;
    this.cost = inner.cost;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    if (this.#docs !== undefined) return this.#docs;
    const docs = yield* findDocs(this.#inner);
    const { minScore } = this.#options;
    this.#docs = minScore === undefined ? docs : yield* filterDocs(docs, (doc) => this.score(doc) >= minScore);
    return this.#docs;
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    const { minScore } = this.#options;
    return this.#inner.matches(doc) && (minScore === undefined || this.score(doc) >= minScore);
  }

  score(doc: number): number {
    const own = this.#inner.score(doc);
    if (this.#functions.length === 0) return own;
    const score = Math.fround(
      combine(own, Math.min(this.#factor(doc), this.#options.maxBoost), this.#options.boostMode),
    );
    if (score >= 0) return score;
    const message = `function score query returned an invalid score: ${score} for doc: ${doc}`;
    throw new DaybookError('invalid-argument', message, { detail: { reason: 'exception', status: 500 } });
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }

  /** 1 where no function is for the document. */
  #factor(doc: number): number {
    const { scoreMode } = this.#options;
    const values: number[] = [];
    let weights = 0;
    for (const { filter, weight, score } of this.#functions) {
      if (filter !== undefined && !filter.matches(doc)) continue;
      values.push(score(doc) * weight);
      weights += weight;
      if (scoreMode === 'first') break;
    }
    const [first] = values;
    if (first === undefined) return 1;
    switch (scoreMode) {
      case 'first':
        return first;
      case 'max':
        return Math.max(...values);
      case 'min':
        return Math.min(...values);
      case 'multiply':
        return values.reduce((product, value) => product * value, 1);
      case 'sum':
        return values.reduce((sum, value) => sum + value, 0);
      case 'avg':
        return weights === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / weights;
    }
  }
}

function combine(queryScore: number, factor: number, boostMode: BoostMode): number {
  switch (boostMode) {
    case 'multiply':
      return queryScore * factor;
    case 'replace':
      return factor;
    case 'sum':
      return queryScore + factor;
    case 'avg':
      return (queryScore + factor) / 2;
    case 'max':
      return Math.max(queryScore, factor);
    case 'min':
      return Math.min(queryScore, factor);
  }
}
