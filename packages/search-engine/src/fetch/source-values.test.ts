import { expect, test } from 'vitest';
import { shallowSourceValuesFirst, sourceValues } from './source-values.ts';

const source = { o: [{ p: [1, [2]] }, [{ p: 3 }], { p: [[4, 5], 6] }], 'a.b': 1, a: { b: [2, 3] } };

test('values stand in the order of the source', () => {
  expect(sourceValues(source, 'o.p')).toEqual([1, 2, 3, 4, 5, 6]);
  expect(sourceValues(source, 'a.b')).toEqual([2, 3, 1]);
  expect(sourceValues(source, 'o.q')).toEqual([]);
});

test('values in fewer lists stand first, as the real product shows them', () => {
  expect(shallowSourceValuesFirst(source, 'o.p')).toEqual([1, 3, 6, 2, 4, 5]);
});
