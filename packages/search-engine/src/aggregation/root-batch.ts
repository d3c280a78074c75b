import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { copyOffsets, type DocSet } from '../columns/doc-set.ts';
import { borrowOffsets, returnOffsets } from '../columns/offset-buffers.ts';
import { StepSize } from '../steps/step-size.ts';
import type { Steps } from '../steps/steps.ts';
import type { AggregatedIndex, Collector } from './aggregator.ts';
import type { DocBatch } from './doc-batch.ts';

/** The buckets of documents that are in the root, which is bucket 0. Never written to. */
export const ROOT_BUCKETS: Uint32Array = new Uint32Array(CHUNK_DOCS);

/** Documents of one step: most take a microsecond, one in hundreds of buckets takes as many. */
const STEP_DOCS = { first: 1, least: 1, most: 4096 };

/** Feeds a whole set of documents to collectors of the root: at once where they can take it so. */
export function* collectRoot(
  docs: DocSet,
  collectors: readonly Collector[],
  index: Pick<AggregatedIndex, 'pending' | 'limit'>,
  nowMs: () => number = () => performance.now(),
): Steps<void> {
  const others: Collector[] = [];
  for (const collector of collectors) {
    const isDone = collector.collectSet === undefined ? false : yield* collector.collectSet(docs);
    if (!isDone) others.push(collector);
  }
  if (others.length === 0) return;
  yield* collectInBatches(docs, others, index, nowMs);
}

/** Feeds a set of documents to collectors of the root, up to some thousand in each step. */
export function* collectInBatches(
  docs: DocSet,
  collectors: readonly Collector[],
  { pending, limit }: Pick<AggregatedIndex, 'pending' | 'limit'>,
  nowMs: () => number = () => performance.now(),
): Steps<void> {
  const copy = borrowOffsets();
  const step = new StepSize(STEP_DOCS, nowMs);
  for (let chunk = 0; chunk < docs.chunkLimit && !limit.isOver; chunk++) {
    const size = copyOffsets(docs, chunk, copy);
    for (let from = 0, to: number; from < size && !limit.isOver; from = to) {
      to = Math.min(size, from + step.items);
      const batch = {
        chunk,
        offsets: copy.subarray(from, to),
        buckets: ROOT_BUCKETS,
        count: to - from,
        highestBucket: 0,
      };
      pending.beginStep(batch.count);
      step.take(() => {
        for (const collector of collectors) collector.collect(batch);
      });
      yield;
      yield* pending.finish();
    }
  }
  returnOffsets(copy);
}

/** The highest number of a bucket that a document of the batch is in. */
export function highestBucketOf({ buckets, count }: DocBatch): number {
  if (buckets === ROOT_BUCKETS) return 0;
  let highest = 0;
  for (let i = 0; i < count; i++) if (buckets[i]! > highest) highest = buckets[i]!;
  return highest;
}
