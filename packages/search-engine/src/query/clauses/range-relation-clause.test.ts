import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RangeColumn } from '../../columns/range-column.ts';
import { ZONE_DOCS } from '../../columns/zone-map.ts';
import { intKind, ipKind, longKind } from '../../mapping/range/range-kind.ts';
import type { RangeRelation } from '../query.ts';
import { RangeRelationClause } from './range-relation-clause.ts';

const LIMIT = 2 * ZONE_DOCS + 40;
const KINDS = [intKind, longKind, ipKind];

const lies: Record<RangeRelation, (lowest: bigint, highest: bigint, from: bigint, to: bigint) => boolean> = {
  intersects: (lowest, highest, from, to) => lowest <= to && highest >= from,
  within: (lowest, highest, from, to) => lowest >= from && highest <= to,
  contains: (lowest, highest, from, to) => lowest <= from && highest >= to,
};

test('documents are found by how their ranges lie, with several ranges, open ends, updates and deletions', () => {
  const doc = fc.nat({ max: LIMIT - 1 });
  const end = fc.integer({ min: -3, max: 12 });
  const range = fc.tuple(end, end, fc.boolean(), fc.boolean());
  const write = fc.tuple(doc, fc.array(range, { maxLength: 3 }));
  const relation = fc.constantFrom<RangeRelation>('intersects', 'within', 'contains');
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.array(write, { maxLength: 30 }),
      range,
      relation,
      (kind, writes, asked, how) => {
        // Near a place where the words of a key carry over.
        const middle = 2n ** BigInt(kind.bits / 2);
        const keys = ([a, b, isOpenBelow, isOpenAbove]: typeof asked): readonly [bigint, bigint] => [
          isOpenBelow ? kind.least : middle + BigInt(Math.min(a, b)),
          isOpenAbove ? kind.greatest : middle + BigInt(Math.max(a, b)),
        ];
        const column = new RangeColumn(() => LIMIT, kind.bits);
        const model = new Map<number, readonly (readonly [bigint, bigint])[]>();
        for (const [number, ranges] of writes) {
          const all = ranges.map(keys);
          column.set(number, all.flat());
          model.set(number, all);
        }
        const [lowest, highest] = keys(asked);
        const expected = [...model]
          .filter(([, ranges]) => ranges.some(([low, high]) => lies[how](low, high, lowest, highest)))
          .map(([number]) => number)
          .sort((a, b) => a - b);
        const clause = new RangeRelationClause(column, { relation: how, lowest, highest }, LIMIT, 1);
        expect(clause.docs().firstFrom(0, LIMIT)).toEqual(expected);
        expect([...model.keys()].filter((each) => clause.matches(each)).sort((a, b) => a - b)).toEqual(expected);
        const offsets = Uint16Array.from([...model.keys()].sort((a, b) => a - b));
        expect([...offsets.subarray(0, clause.retain(0, offsets, offsets.length))]).toEqual(expected);
        expect(clause.cost).toBeGreaterThanOrEqual(expected.length);
        expect(column.docCount).toBe([...model.values()].filter((ranges) => ranges.length > 0).length);
      },
    ),
    { numRuns: 150 },
  );
});

test('bounds beyond 2^53 are told apart', () => {
  const column = new RangeColumn(() => 2, 64);
  const key = 2n ** 63n + 9_007_199_254_740_993n;
  column.set(0, [key, key]);
  column.set(1, [key + 1n, key + 1n]);
  const found = (lowest: bigint): readonly number[] =>
    new RangeRelationClause(column, { relation: 'intersects', lowest, highest: lowest }, 2, 1).docs().firstFrom(0, 2);
  expect([found(key - 1n), found(key), found(key + 1n)]).toEqual([[], [0], [1]]);
});
