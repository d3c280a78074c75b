import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { explained } from '../../explain/explanation.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import type { ScoreMode } from '../functions/score-function.ts';
import { BoolClause } from './bool-clause.ts';
import type { Clause } from './clause.ts';
import { ConstantScoreClause, SetClause } from './constant-clauses.ts';
import { DisMaxClause } from './dis-max-clause.ts';
import { FunctionScoreClause } from './function-score-clause.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';
import { TermsClause } from './terms-clause.ts';

const LIMIT = 2 * CHUNK_DOCS;
const LABELS = ['a', 'b', 'c', 'd', 'e'];

const job = fc.record({ labels: fc.subarray(LABELS), times: fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 3 }) });
const boost = fc.constantFrom(0.5, 1, 1.7);
const bound = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY));
const alternative = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('time' as const), lowest: bound, highest: bound, boost }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('label' as const), value: fc.constantFrom(...LABELS, 'none'), boost }),
  },
  fc.record({ kind: fc.constantFrom('labels' as const, 'constant' as const, 'set' as const), boost }),
);

interface Drawn {
  readonly kind: 'time' | 'label' | 'labels' | 'constant' | 'set';
  readonly lowest?: number;
  readonly highest?: number;
  readonly value?: string;
  readonly boost: number;
}

/** An index of jobs, every `stride`th document one, and what makes a clause of it. */
function indexOf(
  jobs: readonly { readonly labels: readonly string[]; readonly times: readonly number[] }[],
  stride: number,
): { readonly live: BitSet; readonly clauseOf: (drawn: Drawn) => Clause } {
  const labels = new KeywordColumn(() => LIMIT);
  const times = new NumericColumn(() => LIMIT);
  const live = BitSet.forDocs(LIMIT);
  for (const [at, each] of jobs.entries()) {
    live.add(at * stride);
    labels.set(at * stride, each.labels);
    times.set(at * stride, each.times);
  }
  const ordinals = ['b', 'd'].map((label) => labels.dictionary.ordinal(label)).filter((ordinal) => ordinal !== 0);
  const clauseOf = ({ kind, lowest = 0, highest = 0, value = '', boost }: Drawn): Clause => {
    switch (kind) {
      case 'time':
        return new NumericRangeClause(times, { lowest, highest }, live, LIMIT, boost);
      case 'label':
        return scoredTerm(labels, {}, labels.dictionary.ordinal(value), boost);
      case 'labels':
        return new TermsClause(labels, ordinals, LIMIT, boost);
      case 'constant':
        return new ConstantScoreClause(new TermsClause(labels, ordinals, LIMIT, 1), boost);
      case 'set':
        return new SetClause(live, boost);
    }
  };
  return { live, clauseOf };
}

/** The documents of a clause, whose scores together are those of each. */
function foundBy(clause: Clause): number[] {
  const found: number[] = [];
  clause.docs().forEachChunk((chunk, offsets, count) => {
    const docs = [...offsets.subarray(0, count)].map((offset) => chunk * CHUNK_DOCS + offset);
    found.push(...docs);
    const scores = new Float64Array(count).fill(Number.NaN);
    clause.scores?.(chunk, offsets, count, scores);
    expect([...scores]).toEqual(docs.map((doc) => clause.score(doc)));
  });
  return found;
}

/** As many times as a job has at most: some with one only are kept in another way. */
function timesOf(jobs: readonly { readonly labels: string[]; readonly times: number[] }[], areSingle: boolean) {
  return areSingle ? jobs.map((each) => ({ ...each, times: each.times.slice(0, 1) })) : jobs;
}

/** Documents that are far apart, or side by side. */
const STRIDES = [997, 1];

test.each(STRIDES)('many alternatives find and score documents as each of them does, every %i in use', (stride) => {
  fc.assert(
    fc.property(
      fc.array(job, { maxLength: 100 }),
      fc.array(alternative, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom('sum', 'max', 'nested'),
      fc.integer({ min: 1, max: 4 }),
      (drawn, alternatives, areSingle, kind, minShould) => {
        const jobs = timesOf(drawn, areSingle);
        const { live, clauseOf } = indexOf(jobs, stride);
        const clauses = alternatives.map(clauseOf);
        const sum = new BoolClause({ must: [], filter: [], should: clauses, mustNot: [], minShould }, live, LIMIT);
        const most = new DisMaxClause(clauses, 0.3, LIMIT);
        const required = { must: [most], filter: [], should: [most, ...clauses], mustNot: [], minShould: 0 };
        const clause = kind === 'sum' ? sum : kind === 'max' ? most : new BoolClause(required, live, LIMIT);
        const alone = alternatives.map(clauseOf);
        const least = kind === 'sum' ? minShould : 1;
        const expected = jobs
          .map((_, at) => at * stride)
          .filter((doc) => alone.filter((each) => each.matches(doc)).length >= least);
        expect(foundBy(clause)).toEqual(expected);
        for (const doc of kind === 'max' ? expected : []) {
          const scores = alone.map((each) => each.scoreOrZero(doc));
          const best = Math.max(...scores);
          const others = scores.reduce((total, score) => total + score, 0) - best;
          expect(most.score(doc)).toBe(Math.fround(best + others * Math.fround(0.3)));
        }
      },
    ),
    { numRuns: 300 },
  );
});

const COMBINED: Record<ScoreMode, (values: readonly number[], weights: readonly number[]) => number> = {
  first: ([first]) => first!,
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  multiply: (values) => values.reduce((product, value) => product * value, 1),
  sum: (values) => total(values),
  avg: (values, weights) => total(values) / total(weights),
};

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

test.each(STRIDES)('many functions make of a score what those for the document do, every %i in use', (stride) => {
  const modes = fc.constantFrom(...(Object.keys(COMBINED) as ScoreMode[]));
  const drawnFunction = fc.record({
    filter: fc.option(alternative, { nil: undefined }),
    weight: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(
      fc.array(job, { minLength: 1, maxLength: 100 }),
      fc.array(drawnFunction, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      modes,
      (drawn, drawnFunctions, areSingle, scoreMode) => {
        const jobs = timesOf(drawn, areSingle);
        const { live, clauseOf } = indexOf(jobs, stride);
        const functions = drawnFunctions.map(({ filter, weight }) => ({
          filter: filter && clauseOf(filter),
          filterQuery: undefined,
          weight,
          score: (doc: number) => 1 + (doc % 3),
          explain: () => explained(1, ''),
        }));
        const options = {
          scoreMode,
          boostMode: 'replace',
          maxBoost: Number.POSITIVE_INFINITY,
          minScore: undefined,
        } as const;
        const clause = new FunctionScoreClause(new SetClause(live, 1), functions, options);
        expect(foundBy(clause)).toEqual(jobs.map((_, at) => at * stride));
        for (const doc of jobs.map((_, at) => at * stride)) {
          const meant = functions.filter(({ filter }) => filter?.matches(doc) ?? true);
          const values = meant.map(({ weight, score }) => weight * score(doc));
          const weights = meant.map(({ weight }) => weight);
          const factor = meant.length === 0 ? 1 : COMBINED[scoreMode](values, weights);
          expect(clause.score(doc) / Math.fround(factor)).toBeCloseTo(1, 6);
        }
      },
    ),
    { numRuns: 300 },
  );
});
