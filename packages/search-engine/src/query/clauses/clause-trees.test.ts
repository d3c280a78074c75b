import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { scoredTerm } from '../compile/term-scores.ts';
import { BoolClause } from './bool-clause.ts';
import type { Clause } from './clause.ts';
import { ConstantScoreClause } from './constant-clauses.ts';
import { ExistsClause } from './exists-clause.ts';
import { retain } from './narrow.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';

interface Job {
  readonly labels: readonly string[];
  readonly times: readonly number[];
}

type Tree =
  | { readonly kind: 'label'; readonly value: string }
  | { readonly kind: 'time'; readonly lowest: number; readonly highest: number }
  | { readonly kind: 'hasLabel' | 'hasTime' }
  | { readonly kind: 'constant'; readonly inner: Tree }
  | {
      readonly kind: 'bool';
      readonly must: readonly Tree[];
      readonly should: readonly Tree[];
      readonly mustNot: readonly Tree[];
      readonly minShould: number;
    };

const job: fc.Arbitrary<Job> = fc.record({
  labels: fc.oneof(
    { weight: 30, arbitrary: fc.subarray(['a', 'b', 'c']) },
    { weight: 1, arbitrary: fc.constantFrom(['rare'], ['a', 'rare']) },
  ),
  times: fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 2 }),
});

const ALL_BUT_RARE: Tree = {
  kind: 'bool',
  must: [{ kind: 'label', value: 'a' }],
  should: [],
  mustNot: [{ kind: 'label', value: 'rare' }],
  minShould: 0,
};

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('label' as const), value: fc.constantFrom('a', 'b', 'rare', 'none') }),
    fc
      .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))
      .map(([a, b]) => ({ kind: 'time' as const, lowest: Math.min(a, b), highest: Math.max(a, b) })),
    fc.constant(ALL_BUT_RARE),
    fc.record({ kind: fc.constantFrom('hasLabel' as const, 'hasTime' as const) }),
    fc.record({ kind: fc.constant('constant' as const), inner: tie('tree') }),
    fc.record({
      kind: fc.constant('bool' as const),
      must: fc.array(tie('tree'), { maxLength: 3 }),
      should: fc.array(tie('tree'), { maxLength: 3 }),
      mustNot: fc.array(tie('tree'), { maxLength: 2 }),
      minShould: fc.nat({ max: 3 }),
    }),
  ),
}));

function isMatch(tree: Tree, job: Job): boolean {
  switch (tree.kind) {
    case 'label':
      return job.labels.includes(tree.value);
    case 'time':
      return job.times.some((time) => time >= tree.lowest && time <= tree.highest);
    case 'hasLabel':
      return job.labels.length > 0;
    case 'hasTime':
      return job.times.length > 0;
    case 'constant':
      return isMatch(tree.inner, job);
    case 'bool': {
      const matching = tree.should.filter((each) => isMatch(each, job)).length;
      const isExcluded = tree.mustNot.some((each) => isMatch(each, job));
      return tree.must.every((each) => isMatch(each, job)) && !isExcluded && matching >= tree.minShould;
    }
  }
}

function docsOf(set: DocSet): readonly number[] {
  const docs: number[] = [];
  set.forEachChunk((chunk, offsets, count) => {
    for (let i = 0; i < count; i++) docs.push(chunk * CHUNK_DOCS + offsets[i]!);
  });
  return docs;
}

// Where few of the documents are in use, single ones are tested; where all are, bitsets are combined.
test.each([97, 1])(
  'a tree of clauses finds, tests and retains the same documents, every %i of them in use',
  (stride) => {
    const limit = stride === 1 ? 300 : 2 * CHUNK_DOCS;
    const jobs = fc.oneof(fc.array(job), fc.array(job, { minLength: 200, maxLength: 300 }));
    fc.assert(
      fc.property(jobs, tree, fc.boolean(), (drawn, wanted, areSingle) => {
        const single = ({ labels, times }: Job) => ({ labels: labels.slice(0, 1), times: times.slice(0, 1) });
        const all = areSingle ? drawn.map(single) : drawn;
        const labels = new KeywordColumn(() => limit);
        const times = new NumericColumn(() => limit);
        const live = BitSet.forDocs(limit);
        for (const [at, each] of all.entries()) {
          live.add(at * stride);
          labels.set(at * stride, each.labels);
          times.set(at * stride, each.times);
        }
        const compile = (each: Tree): Clause => {
          switch (each.kind) {
            case 'label':
              return scoredTerm(labels, {}, labels.dictionary.ordinal(each.value), 1);
            case 'time':
              return new NumericRangeClause(times, each, live, limit, 1);
            case 'hasLabel':
              return new ExistsClause(labels, live, 1);
            case 'hasTime':
              return new ExistsClause(times, live, 1);
            case 'constant':
              return new ConstantScoreClause(compile(each.inner), 1);
            case 'bool': {
              const [must, should, mustNot] = [each.must, each.should, each.mustNot].map((some) => some.map(compile));
              const parts = { must: must!, filter: [], should: should!, mustNot: mustNot!, minShould: each.minShould };
              return new BoolClause(parts, live, limit);
            }
          }
        };
        const expected = all.flatMap((each, at) => (isMatch(wanted, each) ? [at * stride] : []));
        expect(docsOf(compile(wanted).docs())).toEqual(expected);
        const asked = compile(wanted);
        expect(docsOf(live).filter((doc) => asked.matches(doc))).toEqual(expected);
        const retained: number[] = [];
        live.forEachChunk((chunk, offsets, count) => {
          const left = retain(asked, chunk, offsets, count);
          for (let i = 0; i < left; i++) retained.push(chunk * CHUNK_DOCS + offsets[i]!);
        });
        expect(retained).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  },
);
