import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValuePages } from '../value-pages.ts';
import { BucketValues } from './bucket-values.ts';

const bucket = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 2000 }));
/** Runs of values of one bucket: long enough for several blocks of the largest size, and for several pages. */
const runs = fc.array(fc.tuple(bucket, fc.oneof(fc.nat({ max: 20 }), fc.nat({ max: 9000 }))), { maxLength: 12 });

test('every bucket gives back its values in the order in which they came', () => {
  fc.assert(
    fc.property(runs, (runs) => {
      const pages = new ValuePages();
      const kept = new BucketValues(pages);
      const wanted = new Map<number, number[]>();
      let value = 0;
      for (const [bucket, length] of runs) {
        const values = wanted.get(bucket) ?? [];
        wanted.set(bucket, values);
        const added = Float64Array.from({ length }, () => ++value);
        values.push(...added);
        kept.add({ buckets: new Uint32Array(length).fill(bucket), values: added, count: length });
      }
      for (const [bucket, values] of wanted) {
        const copy = new Float64Array(values.length + 2);
        kept.copyTo(copy, 1, bucket);
        expect([...copy]).toEqual([0, ...values, 0]);
      }
      expect(kept.count(2001)).toBe(0);
      kept.copyTo(new Float64Array(0), 0, 2001);
      pages.giveBack();
      expect(() => kept.copyTo(new Float64Array(0), 0, 2001)).toThrow('after the results');
    }),
  );
});
