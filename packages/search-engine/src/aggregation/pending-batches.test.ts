import { expect, test } from 'vitest';
import { StepSize } from '../steps/step-size.ts';
import { finish } from '../steps/steps.ts';
import type { DocBatch } from './doc-batch.ts';
import { type BatchReceiver, PendingBatches } from './pending-batches.ts';

function batchOf(offsets: readonly number[], buckets: readonly number[] = offsets): DocBatch {
  return { chunk: 0, offsets: Uint16Array.from(offsets), buckets: Uint32Array.from(buckets), count: offsets.length };
}

/** Receives batches; each pair of document and bucket is handed on as `width` pairs. */
function receiver(width: number, handOn: (batch: DocBatch) => void): BatchReceiver & { readonly sizes: number[] } {
  const sizes: number[] = [];
  return {
    sizes,
    step: new StepSize({ first: 4, least: 1, most: 4 }),
    collect: ({ offsets, buckets, count }) => {
      sizes.push(count);
      const wide = Array.from({ length: count * width }, (_, i) => Math.floor(i / width));
      handOn(
        batchOf(
          wide.map((at) => offsets[at]!),
          wide.map((at, i) => buckets[at]! * width + (i % width)),
        ),
      );
    },
  };
}

test('a batch that has not grown is handed on at once', () => {
  const pending = new PendingBatches();
  const received = receiver(1, () => undefined);
  pending.beginStep(6);
  pending.handOn(received, batchOf([1, 2, 3, 4, 5, 6]));
  expect(received.sizes).toEqual([6]);
  expect(pending.finish().next().done).toBe(true);
});

test('batches that have grown are handed on in small steps, in their order, however deep', () => {
  const pending = new PendingBatches();
  const pairs: (readonly [number, number])[] = [];
  const last = receiver(1, ({ offsets, buckets, count }) => {
    for (let i = 0; i < count; i++) pairs.push([offsets[i]!, buckets[i]!]);
  });
  const second = receiver(5, (batch) => pending.handOn(last, batch));
  const first = receiver(5, (batch) => pending.handOn(second, batch));
  pending.beginStep(3);
  first.collect(batchOf([0, 1, 2]));
  // What comes after a batch that waits does too, however small.
  pending.handOn(last, batchOf([9], [999]));
  expect(pairs).toEqual([]);
  finish(pending.finish());
  expect(pairs).toEqual([...Array.from({ length: 75 }, (_, i) => [Math.floor(i / 25), i]), [9, 999]]);
  expect(Math.max(...second.sizes, ...last.sizes)).toBeLessThanOrEqual(4);
});
