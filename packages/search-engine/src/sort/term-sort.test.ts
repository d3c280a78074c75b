import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { SortedDocs } from '../columns/sorted-docs.ts';
import { finish } from '../steps/steps.ts';
import type { SortKey } from './sort-key.ts';
import { termSort } from './term-sort.ts';
import { TopDocs } from './top-docs.ts';

const form = { show: (term: string) => term, parse: (value: string) => value };
const term = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{10000}', '\uffff'), maxLength: 9 });

test.each([0, 5000])(
  'documents are in the order of the bytes of their least or greatest term, beside %i other terms',
  (others) => {
    const settings = fc.record({
      documents: fc.array(fc.uniqueArray(term, { maxLength: 3 }), { maxLength: 40 }),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
      mode: fc.constantFrom(undefined, 'min' as const, 'max' as const),
      missing: fc.constantFrom('_first', '_last', 'b'),
      capacity: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(settings, ({ documents, direction, mode, missing, capacity }) => {
        const column = new KeywordColumn(() => documents.length);
        for (let other = 0; other < others; other++) column.dictionary.add(`b${other}`);
        for (const [doc, terms] of documents.entries()) column.set(doc, terms);
        const key: SortKey = { field: 'x', direction, missing, ...(mode && { mode }) };
        const top = new TopDocs([termSort(key, column, form)], capacity);
        finish(top.collect(new SortedDocs(Uint32Array.from(documents.keys()))));

        const takesGreatest = (mode ?? (direction === 'desc' ? 'max' : 'min')) === 'max';
        const sign = direction === 'desc' ? -1 : 1;
        const keyOf = (terms: readonly string[]): Buffer | undefined => {
          if (terms.length === 0) return missing === 'b' ? Buffer.from(missing) : undefined;
          const sorted = terms.map((each) => Buffer.from(each)).sort(Buffer.compare);
          return takesGreatest ? sorted.at(-1) : sorted[0];
        };
        const compare = (a: Buffer | undefined, b: Buffer | undefined): number => {
          if (a !== undefined && b !== undefined) return Buffer.compare(a, b) * sign;
          return a === b ? 0 : (a === undefined) === (missing === '_first') ? -1 : 1;
        };
        const expected = [...documents.keys()].sort(
          (a, b) => compare(keyOf(documents[a]!), keyOf(documents[b]!)) || a - b,
        );
        expect(finish(top.sorted())).toEqual(expected.slice(0, capacity));
      }),
      { numRuns: 60 },
    );
  },
);
