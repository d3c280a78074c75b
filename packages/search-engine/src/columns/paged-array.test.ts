import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WHOLE_NUMBERS } from './number-array.ts';
import { PagedArray } from './paged-array.ts';

const place = fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 200_000 }));
/** Numbers on both sides of what arrays of each width hold. */
const number = fc.oneof(
  fc.constantFrom(0, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.nat({ max: 300 }),
);
const writes = fc.array(fc.tuple(place, number), { maxLength: 40 });

test('numbers of any width are read as they were written, and each fork stays as it was', () => {
  fc.assert(
    fc.property(fc.array(writes, { minLength: 2, maxLength: 5 }), (rounds) => {
      let array = new PagedArray(WHOLE_NUMBERS);
      let end = 0;
      const written = new Map<number, number>();
      const forked: (readonly [typeof array, ReadonlyMap<number, number>])[] = [];
      for (const round of rounds) {
        for (const [at, value] of round) {
          array.set(at, value);
          written.set(at, value);
          end = Math.max(end, at + 1);
        }
        forked.push([array, new Map(written)]);
        array = array.fork(end);
      }
      for (const [old, numbers] of [...forked, [array, written] as const]) {
        for (const at of written.keys()) expect(old.get(at)).toBe(numbers.get(at) ?? 0);
      }
    }),
  );
});

test('what is written behind the end of a fork is written in the memory of both', () => {
  const array = new PagedArray(WHOLE_NUMBERS);
  for (let at = 0; at < 40; at++) array.set(at, 7);
  const fork = array.fork(40);
  fork.set(40, 8);
  const memory = fork.page(0, 1)!.buffer;
  expect(array.page(0, 1)!.buffer).toBe(memory);
  expect([array.get(40), fork.get(40)]).toEqual([0, 8]);
  fork.set(3, 9);
  expect(fork.page(0, 1)!.buffer).not.toBe(memory);
  expect([array.get(3), fork.get(3), fork.get(40)]).toEqual([7, 9, 8]);
});

test('small numbers take a byte each, and a page alone grows wider', () => {
  const array = new PagedArray(WHOLE_NUMBERS);
  for (let at = 0; at < 3 * 65_536; at++) array.set(at, 7);
  expect(array.memoryBytes).toBe(3 * 65_536);
  array.set(65_536, 70_000);
  expect(array.memoryBytes).toBe(6 * 65_536);
});
