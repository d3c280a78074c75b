import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BitSet } from '../columns/bit-set.ts';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { NumericColumn } from '../columns/numeric-column.ts';
import { SortedDocs } from '../columns/sorted-docs.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { toBitSet } from '../query/clauses/filtered-docs.ts';
import { finish } from '../steps/steps.ts';
import { numericSort } from './numeric-sort.ts';
import type { SortValue } from './sort-key.ts';
import type { SortSource } from './sort-source.ts';
import { TopDocs } from './top-docs.ts';

const DOCS = 20_000;

test('zones are skipped only when none of their documents can be among the first', () => {
  const settings = fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    isAscending: fc.boolean(),
    isTimeLike: fc.boolean(),
    missing: fc.constantFrom('_first' as const, '_last' as const),
    capacity: fc.integer({ min: 1, max: 30 }),
  });
  fc.assert(
    fc.property(settings, ({ seed, isAscending, isTimeLike, missing, capacity }) => {
      const column = new NumericColumn(() => DOCS);
      const set = BitSet.forDocs(DOCS);
      const values: { doc: number; value: number | undefined }[] = [];
      let state = seed;
      const random = () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
        return state / 0x7fff_ffff;
      };
      for (let doc = 0; doc < DOCS; doc++) {
        const value = random() < 0.01 ? undefined : Math.floor((isTimeLike ? doc : 0) + random() * 1000);
        column.set(doc, value === undefined ? [] : [value]);
        if (random() < 0.3) continue;
        set.add(doc);
        values.push({ doc, value });
      }
      const direction = isAscending ? 'asc' : 'desc';
      const key = { field: 'number', direction, missing } as const;
      const top = new TopDocs([numericSort(key, {} as FieldType, column, 0)], capacity);
      finish(top.collect(set));
      const absent = missing === '_first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      const place = (value: number | undefined) => (value === undefined ? absent : isAscending ? value : -value);
      values.sort((a, b) =>
        place(a.value) < place(b.value) ? -1 : place(a.value) > place(b.value) ? 1 : a.doc - b.doc,
      );
      expect(finish(top.sorted())).toEqual(values.slice(0, capacity).map(({ doc }) => doc));
    }),
    { numRuns: 25 },
  );
});

/** Keys that ascend with the documents' numbers, so many documents to each. */
function ascending(docsOfKey: number): SortSource {
  const key = (doc: number) => Math.floor(doc / docsOfKey);
  const compareWith = (after: SortValue) => (doc: number) => Math.sign(key(doc) - Number(after));
  return { key, mergeKey: key, value: key, compareWith, isDescending: false, ascends: true };
}

test('pages in the order of the documents give each once, whatever is in between', () => {
  const chunks = fc.array(fc.nat({ max: 2 * CHUNK_DOCS }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(chunks, fc.integer({ min: 1, max: 60 }), fc.boolean(), (numbers, size, isBitSet) => {
      const docs = Uint32Array.from(new Set(numbers)).sort();
      const set = isBitSet ? toBitSet(new SortedDocs(docs), 3 * CHUNK_DOCS) : new SortedDocs(docs);
      const sources = [ascending(Number.POSITIVE_INFINITY), ascending(50_000), ascending(1)];
      const read: number[] = [];
      for (let after: readonly SortValue[] | undefined; read.length <= docs.length; ) {
        const page = new TopDocs(sources, size, after);
        finish(page.collect(set));
        const last = finish(page.sorted()).at(-1);
        if (last === undefined) break;
        read.push(...finish(page.sorted()));
        after = sources.map((source) => source.value(last));
      }
      expect(read).toEqual([...docs]);
    }),
    { numRuns: 50 },
  );
});
