import { DaybookError } from '@daybook/errors';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type ChunkNumbers, type DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { BoostMode } from '../functions/score-function.ts';
import {
  type Clause,
  type FilteredFunction,
  type FunctionScoreOptions,
  findDocs,
  type ScoreComposition,
} from './clause.ts';
import { filterByScore } from './filtered-docs.ts';
import { FunctionFactors } from './function-factors.ts';
import { scoreSum } from './score-sum.ts';

/** The documents of another clause, scored by functions as well; where `minScore` is given, only those that reach it. */
export class FunctionScoreClause implements Clause {
  readonly cost: number;
  readonly #inner: Clause;
  readonly #functions: readonly FilteredFunction[];
  readonly #options: FunctionScoreOptions;
  #docs: DocSet | undefined;
  #own: ChunkNumbers | undefined;
  #factors: FunctionFactors | undefined;

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
    this.#docs = minScore === undefined ? docs : yield* filterByScore(docs, this, minScore);
    return this.#docs;
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    const { minScore } = this.#options;
    return this.#inner.matches(doc) && (minScore === undefined || this.score(doc) >= minScore);
  }

  score(doc: number): number {
    const [offsets, score] = [Uint16Array.of(doc & CHUNK_MASK), new Float64Array(1)];
    this.scores(doc >>> CHUNK_SHIFT, offsets, 1, score);
    return score[0]!;
  }

  get composition(): ScoreComposition {
    const [query, functions, options] = [this.#inner, this.#functions, this.#options];
    const factors = new FunctionFactors(functions, options.scoreMode);
    const factor = (doc: number): number => factors.read(doc >>> CHUNK_SHIFT, Uint16Array.of(doc & CHUNK_MASK), 1)[0]!;
    return { kind: 'functionScore', query, functions, options, factor };
  }

  scores(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    this.#own ??= scoreSum([this.#inner], true);
    this.#own(chunk, offsets, count, into);
    if (this.#functions.length === 0) return;
    const { boostMode, maxBoost, scoreMode } = this.#options;
    this.#factors ??= new FunctionFactors(this.#functions, scoreMode);
    const factors = this.#factors.read(chunk, offsets, count);
    for (let i = 0; i < count; i++) {
      const score = Math.fround(combine(into[i]!, Math.min(factors[i]!, maxBoost), boostMode));
      if (!(score >= 0)) throw invalidScore(score, chunk * CHUNK_DOCS + offsets[i]!);
      into[i] = score;
    }
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}

function invalidScore(score: number, doc: number): DaybookError {
  const message = `function score query returned an invalid score: ${score} for doc: ${doc}`;
  return new DaybookError('invalid-argument', message, { detail: { reason: 'exception', status: 500 } });
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
