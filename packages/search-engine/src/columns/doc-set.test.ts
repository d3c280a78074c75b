import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from './bit-set.ts';
import type { DocSet } from './doc-set.ts';
import { SortedDocs } from './sorted-docs.ts';

const LIMIT = 200_000;
const docs = fc.uniqueArray(fc.integer({ min: 0, max: LIMIT - 1 }), { maxLength: 300 });

function listed(set: DocSet): number[] {
  const found: number[] = [];
  set.forEachChunk((chunk, offsets, count) => {
    for (let i = 0; i < count; i++) found.push(chunk * 65_536 + offsets[i]!);
  });
  return found;
}

function bits(of: readonly number[]): BitSet {
  const set = BitSet.forDocs(LIMIT);
  for (const doc of of) set.add(doc);
  return set;
}

test('a bitset and an ascending array say the same of a set', () => {
  fc.assert(
    fc.property(docs, fc.nat(LIMIT + 100), (numbers, from) => {
      const ascending = numbers.toSorted((a, b) => a - b);
      for (const set of [bits(numbers), SortedDocs.fromUnsorted(Uint32Array.from([...numbers, ...numbers]))]) {
        expect(listed(set)).toEqual(ascending);
        expect(set.size).toBe(numbers.length);
        for (const doc of numbers) expect(set.has(doc)).toBe(true);
        expect(set.has(LIMIT - 1)).toBe(numbers.includes(LIMIT - 1));
        expect(set.has(LIMIT + 5)).toBe(false);
        expect(set.firstFrom(from, 7)).toEqual(ascending.filter((doc) => doc >= from).slice(0, 7));
      }
    }),
  );
});

test('a bitset counts what it has in common with another set', () => {
  fc.assert(
    fc.property(docs, docs, fc.nat(LIMIT), (first, second, limit) => {
      const others = [...second, ...first.slice(0, 20)].filter((doc) => doc <= limit);
      const common = first.filter((doc) => others.includes(doc)).length;
      const shorter = BitSet.forDocs(limit + 1);
      for (const doc of others) shorter.add(doc);
      for (const other of [shorter, SortedDocs.fromUnsorted(Uint32Array.from(others))]) {
        expect(bits(first).countCommon(other)).toBe(common);
      }
    }),
  );
});

test('bitsets unite, intersect and subtract as sets do', () => {
  fc.assert(
    fc.property(docs, docs, (a, b) => {
      const [first, second] = [new Set(a), new Set(b)];
      const sorted = (numbers: Iterable<number>) => [...numbers].sort((x, y) => x - y);
      const united = bits(a);
      united.unite(SortedDocs.fromUnsorted(Uint32Array.from(b)));
      expect(listed(united)).toEqual(sorted(new Set([...first, ...second])));
      const common = bits(a);
      common.intersect(bits(b));
      expect(listed(common)).toEqual(sorted(a.filter((doc) => second.has(doc))));
      const rest = bits(a);
      rest.subtract(bits(b));
      expect(listed(rest)).toEqual(sorted(a.filter((doc) => !second.has(doc))));
    }),
  );
});
