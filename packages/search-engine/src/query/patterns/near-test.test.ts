import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePoints, editDistance } from './levenshtein.ts';
import { nearTest } from './near-test.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 6, maxLength: 30 });
const letter = fc.constantFrom('a', 'b', 'é', '\u{10000}');
const edit = fc.record({ at: fc.nat(), kind: fc.constantFrom('insert', 'delete', 'replace', 'swap'), letter });

test('every term that is near enough passes', () => {
  let tested = 0;
  fc.assert(
    fc.property(word, fc.array(edit, { maxLength: 2 }), fc.integer({ min: 1, max: 2 }), (wanted, edits, maxEdits) => {
      const letters = [...wanted];
      for (const { at, kind, letter } of edits) {
        const place = at % letters.length;
        if (kind === 'insert') letters.splice(place, 0, letter);
        else if (kind === 'delete') letters.splice(place, 1);
        else if (kind === 'replace') letters[place] = letter;
        else letters.splice(place, 2, ...letters.slice(place, place + 2).reverse());
      }
      const term = letters.join('');
      if (editDistance(codePoints(wanted), codePoints(term), maxEdits, true) === undefined) return;
      const isNear = nearTest(wanted, maxEdits);
      if (isNear === undefined) return;
      tested++;
      const block = Buffer.from(`xx${term}yy`);
      expect(isNear({ block, start: 2, end: block.length - 2 })).toBe(true);
    }),
    { numRuns: 2000 },
  );
  expect(tested).toBeGreaterThan(500);
});

test('other terms do not', () => {
  const block = Buffer.from('c2a6ce58-0000-7000-a0f4-c2a6ce58');
  const isNear = nearTest('0b3f77d1-0001-7123-a000-0b3f77d1', 2);
  expect(isNear?.({ block, start: 0, end: block.length })).toBe(false);
  expect(nearTest('memory', 2)).toBeUndefined();
});
