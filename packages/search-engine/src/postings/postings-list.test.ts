import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PostingsList } from './postings-list.ts';

test('documents come and go in any order, as an array and as a bitset', () => {
  const change = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9999 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), fc.constantFrom(0, 5000), (changes, already) => {
      const list = new PostingsList(1);
      const model = new Set<number>();
      for (let doc = 0; doc < already; doc++) {
        list.add(doc * 2, 10_000);
        model.add(doc * 2);
      }
      for (const [isAdded, doc] of changes) {
        if (isAdded) list.add(doc, 10_000);
        else list.remove(doc);
        if (isAdded) model.add(doc);
        else model.delete(doc);
      }
      const found: number[] = [];
      list.docSet().forEachChunk((_, offsets, count) => found.push(...offsets.subarray(0, count)));
      expect(found).toEqual([...model].sort((a, b) => a - b));
      expect(list.docSet().size).toBe(model.size);
    }),
  );
});
