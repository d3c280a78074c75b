import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OrderStatistics } from './order-statistics.ts';

const few = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 });
const manyAlike = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 300, maxLength: 600 });
const many = fc.array(fc.double({ noNaN: true }), { minLength: 300, maxLength: 600 });

test('ranks asked for in any order are those of the sorted values', () => {
  fc.assert(
    fc.property(fc.oneof(few, manyAlike, many), fc.array(fc.nat(), { maxLength: 20 }), (values, asked) => {
      const sorted = Float64Array.from(values).sort();
      const statistics = new OrderStatistics(Float64Array.from(values));
      for (const rank of asked.map((number) => number % values.length)) {
        expect(statistics.at(rank) + 0).toBe(sorted[rank]! + 0);
      }
    }),
  );
});

test('values that are in order already, or all alike, are ranked too', () => {
  for (const values of [Float64Array.from({ length: 10_000 }, (_, i) => i), new Float64Array(10_000).fill(7)]) {
    for (const order of [values, values.toReversed()]) {
      const statistics = new OrderStatistics(order.slice());
      for (const rank of [0, 1, 4999, 5000, 9998, 9999]) expect(statistics.at(rank)).toBe(values[rank]);
    }
  }
});
