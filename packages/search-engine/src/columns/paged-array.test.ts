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

test('numbers of any width are read as they were written, before and after a fork', () => {
  fc.assert(
    fc.property(writes, writes, (before, after) => {
      const array = new PagedArray(WHOLE_NUMBERS);
      const written = new Map<number, number>();
      const write = (to: typeof array, all: typeof before): void => {
        for (const [at, value] of all) {
          to.set(at, value);
          written.set(at, value);
        }
      };
      write(array, before);
      const old = new Map(written);
      const fork = array.fork();
      write(fork, after);
      for (const [at, value] of written) {
        expect(fork.get(at)).toBe(value);
        expect(array.get(at)).toBe(old.get(at) ?? 0);
      }
    }),
  );
});

test('small numbers take a byte each, and a page alone grows wider', () => {
  const array = new PagedArray(WHOLE_NUMBERS);
  for (let at = 0; at < 3 * 65_536; at++) array.set(at, 7);
  expect(array.memoryBytes).toBe(3 * 65_536);
  array.set(65_536, 70_000);
  expect(array.memoryBytes).toBe(6 * 65_536);
});
