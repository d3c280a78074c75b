import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Later } from './later.ts';
import { sortInSteps } from './sort-in-steps.ts';
import { sortNumbersInSteps } from './sort-numbers-in-steps.ts';
import { finish, type Steps } from './steps.ts';
import { mapInSteps, visitInSteps } from './visit-in-steps.ts';

/** The number of steps, and the value at the end. */
function counted<T>(steps: Steps<T>): { readonly count: number; readonly value: T } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return { count, value: step.value };
  }
}

test('many items are visited in several steps, few in none', () => {
  const many = counted(mapInSteps(Array(10_000).keys(), (item) => item * 2));
  expect(many.value).toEqual(Array.from({ length: 10_000 }, (_, item) => item * 2));
  expect(many.count).toBeGreaterThan(5);
  expect(counted(mapInSteps([1, 2], String))).toEqual({ count: 0, value: ['1', '2'] });
});

test('sorting in steps is stable and sorts as an array does', () => {
  const lengths = fc.constantFrom(0, 1, 1023, 1024, 1025, 2048, 2049, 5000, 9999);
  fc.assert(
    fc.property(lengths, fc.integer(), fc.integer({ min: 1, max: 3000 }), (length, seed, distinct) => {
      const items = Array.from({ length }, (_, at) => ({
        at,
        key: Math.abs(Math.imul(at ^ seed, 0x85ebca6b)) % distinct,
      }));
      const before = items.slice();
      const compare = (a: { key: number }, b: { key: number }): number => a.key - b.key;
      const { count, value } = counted(sortInSteps(items, compare));
      expect(items).toEqual(before);
      expect(value).toEqual(items.toSorted(compare));
      expect(count).toBeGreaterThanOrEqual(length > 1024 ? Math.floor(length / 1024) : 0);
    }),
    { numRuns: 50 },
  );
});

test('what is put off is done with what it puts off itself', () => {
  const later = new Later();
  const done: string[] = [];
  const nested = (name: string, depth: number): Steps<void> =>
    visitInSteps(['a', 'b'], (item) => {
      done.push(name + item);
      if (depth > 0) later.do(nested(name + item, depth - 1));
    });
  later.do(nested('', 2));
  finish(later.finish());
  expect(done.toSorted()).toEqual([
    'a',
    'aa',
    'aaa',
    'aab',
    'ab',
    'aba',
    'abb',
    'b',
    'ba',
    'baa',
    'bab',
    'bb',
    'bba',
    'bbb',
  ]);
});

test.each([0, 1, 16_384, 16_385, 32_768, 100_000])(
  '%i numbers that are sorted in steps are as if at once',
  (length) => {
    const numbers = Float64Array.from({ length }, (_, at) => (Math.imul(at ^ 0x9e3779b9, 0x85ebca6b) % 5000) / 7);
    const wanted = numbers.toSorted();
    const { count, value } = counted(sortNumbersInSteps(numbers));
    expect(value).toEqual(wanted);
    expect(count).toBeGreaterThanOrEqual(length > 16_384 ? length / 16_384 : 0);
  },
);
