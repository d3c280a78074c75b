import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import { NumericColumn } from '../../columns/numeric-column.ts';
import { ZONE_DOCS } from '../../columns/zone-map.ts';
import { NumericRangeClause } from './numeric-range-clause.ts';

const LIMIT = 3 * ZONE_DOCS + 100;

const docs = fc.array(fc.nat({ max: LIMIT - 1 }), { maxLength: 5 });
const bound = fc.integer({ min: -1, max: LIMIT + 1 });

test('a range finds the documents with a value in it, whether it takes zones as a whole or reads them', () => {
  fc.assert(
    fc.property(docs, docs, bound, bound, (removed, without, first, second) => {
      const column = new NumericColumn(() => LIMIT);
      const live = BitSet.forDocs(LIMIT);
      for (let doc = 0; doc < LIMIT; doc++) {
        live.add(doc);
        if (!without.includes(doc)) column.set(doc, [doc]);
      }
      for (const doc of removed) {
        live.words[doc >>> 5]! &= ~(1 << (doc & 31));
        column.clear(doc);
      }
      const [lowest, highest] = [Math.min(first, second), Math.max(first, second)];
      const all = new BitSet(live.words);
      const found = new NumericRangeClause(column, { lowest, highest }, all, LIMIT, 1).docs();
      const expected: number[] = [];
      for (let doc = Math.max(0, lowest); doc <= Math.min(LIMIT - 1, highest); doc++) {
        if (!removed.includes(doc) && !without.includes(doc)) expected.push(doc);
      }
      const listed: number[] = [];
      found.forEachChunk((_, offsets, count) => listed.push(...offsets.subarray(0, count)));
      expect(listed).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
