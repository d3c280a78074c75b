import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BucketCells } from './bucket-cells.ts';

test('each bucket keeps its own numbers, in whatever order buckets come', () => {
  const bucket = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 5000 }));
  fc.assert(
    fc.property(fc.array(bucket), (buckets) => {
      const cells = new BucketCells(3);
      const expected = new Map<number, number>();
      for (const own of buckets) {
        const at = cells.start(own) + 2;
        cells.page(own)[at]! += 1;
        expected.set(own, (expected.get(own) ?? 0) + 1);
      }
      for (const own of [...buckets, 17, 4096]) expect(cells.get(own, 2)).toBe(expected.get(own) ?? 0);
    }),
  );
});

test('a million buckets are made without a copy of those before', () => {
  const cells = new BucketCells(7);
  let last = cells.page(1023);
  for (let bucket = 1024; bucket < 1_000_000; bucket++) {
    const page = cells.page(bucket);
    if (page !== last) expect(page.subarray(7).every((cell) => cell === 0)).toBe(true);
    page.fill(bucket, cells.start(bucket), cells.start(bucket) + 7);
    last = page;
  }
  expect(last.length).toBe(7 * 1024);
  expect([cells.get(500_000, 0), cells.get(500_000, 6), cells.get(1_000_000, 0)]).toEqual([500_000, 500_000, 0]);
});
