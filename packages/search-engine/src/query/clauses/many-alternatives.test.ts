import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/doc-set.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import { BoolClause } from './bool-clause.ts';
import type { Clause } from './clause.ts';
import { ConstantScoreClause, SetClause } from './constant-clauses.ts';
import { DisMaxClause } from './dis-max-clause.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';
import { TermsClause } from './terms-clause.ts';

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

/** Documents that are far apart, or side by side. */
test.each([997, 1])('many alternatives find and score documents as each of them does, every %i in use', (stride) => {
  const limit = 2 * CHUNK_DOCS;
  fc.assert(
    fc.property(
      fc.array(job, { maxLength: 100 }),
      fc.array(alternative, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      fc.constantFrom('sum', 'max', 'nested'),
      (drawn, alternatives, areSingle, kind) => {
        const jobs = areSingle ? drawn.map((each) => ({ ...each, times: each.times.slice(0, 1) })) : drawn;
        const labels = new KeywordColumn(() => limit);
        const times = new NumericColumn(() => limit);
        const live = BitSet.forDocs(limit);
        for (const [at, each] of jobs.entries()) {
          live.add(at * stride);
          labels.set(at * stride, each.labels);
          times.set(at * stride, each.times);
        }
        const ordinals = ['b', 'd'].map((label) => labels.dictionary.ordinal(label)).filter((ordinal) => ordinal !== 0);
        const clauseOf = (each: (typeof alternatives)[number]): Clause => {
          switch (each.kind) {
            case 'time':
              return new NumericRangeClause(times, each, live, limit, each.boost);
            case 'label':
              return scoredTerm(labels, {}, labels.dictionary.ordinal(each.value), each.boost);
            case 'labels':
              return new TermsClause(labels, ordinals, limit, each.boost);
            case 'constant':
              return new ConstantScoreClause(new TermsClause(labels, ordinals, limit, 1), each.boost);
            case 'set':
              return new SetClause(live, each.boost);
          }
        };
        const clauses = alternatives.map(clauseOf);
        const sum = new BoolClause({ must: [], filter: [], should: clauses, mustNot: [], minShould: 1 }, live, limit);
        const most = new DisMaxClause(clauses, 0.3, limit);
        const required = { must: [most], filter: [], should: [most, ...clauses], mustNot: [], minShould: 0 };
        const clause = kind === 'sum' ? sum : kind === 'max' ? most : new BoolClause(required, live, limit);
        const alone = alternatives.map(clauseOf);
        const expected = jobs.map((_, at) => at * stride).filter((doc) => alone.some((each) => each.matches(doc)));
        const found: number[] = [];
        clause.docs().forEachChunk((chunk, offsets, count) => {
          const docs = [...offsets.subarray(0, count)].map((offset) => chunk * CHUNK_DOCS + offset);
          found.push(...docs);
          const scores = new Float64Array(count).fill(Number.NaN);
          clause.scores(chunk, offsets, count, scores);
          expect([...scores]).toEqual(docs.map((doc) => clause.score(doc)));
        });
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
