import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import { BoolClause } from './bool-clause.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';

/** Few of the documents are in use, so a conjunction asks its clauses about them and combines no bitsets. */
const STRIDE = 997;
const LIMIT = 2 * CHUNK_DOCS;
const LABELS = ['a', 'b', 'c'];

const job = fc.record({
  labels: fc.subarray(LABELS),
  status: fc.constantFrom('failed', 'running', undefined),
  times: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 2 }),
});

test('a conjunction finds the documents that each of its clauses matches', () => {
  fc.assert(
    fc.property(
      fc.array(job, { maxLength: Math.floor(LIMIT / STRIDE) }),
      fc.boolean(),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      (drawn, areSingle, first, second) => {
        const [lowest, highest] = [Math.min(first, second), Math.max(first, second)];
        const jobs = areSingle
          ? drawn.map((each) => ({ ...each, labels: each.labels.slice(0, 1), times: each.times.slice(0, 1) }))
          : drawn;
        const [labels, statuses] = [new KeywordColumn(() => LIMIT), new KeywordColumn(() => LIMIT)];
        const times = new NumericColumn(() => LIMIT);
        const live = BitSet.forDocs(LIMIT);
        for (const [at, each] of jobs.entries()) {
          const doc = at * STRIDE;
          live.add(doc);
          labels.set(doc, each.labels);
          statuses.set(doc, each.status === undefined ? [] : [each.status]);
          times.set(doc, each.times);
        }
        const term = (column: KeywordColumn, value: string) =>
          scoredTerm(column, {}, column.dictionary.ordinal(value), 1);
        const filter = [
          term(labels, 'a'),
          term(statuses, 'failed'),
          new NumericRangeClause(times, { lowest, highest }, live, LIMIT, 1),
        ];
        const mustNot = [term(labels, 'b')];
        for (const excluded of [[], mustNot]) {
          const clause = new BoolClause({ must: [], filter, should: [], mustNot: excluded, minShould: 0 }, live, LIMIT);
          const found: number[] = [];
          clause.docs().forEachChunk((chunk, offsets, count) => {
            for (let i = 0; i < count; i++) found.push(chunk * CHUNK_DOCS + offsets[i]!);
          });
          const expected = jobs.flatMap((each, at) => {
            const isMatch = each.labels.includes('a') && each.status === 'failed';
            const isInTime = each.times.some((time) => time >= lowest && time <= highest);
            const isExcluded = excluded.length > 0 && each.labels.includes('b');
            return isMatch && isInTime && !isExcluded ? [at * STRIDE] : [];
          });
          expect(found).toEqual(expected);
        }
      },
    ),
    { numRuns: 200 },
  );
});
