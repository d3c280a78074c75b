import { CHUNK_DOCS, type DocSet } from '../columns/doc-set.ts';
import { borrowOffsets, returnOffsets } from '../columns/offset-buffers.ts';
import type { Steps } from '../steps/steps.ts';
import type { Collector } from './aggregator.ts';

/** The buckets of documents that are in the root, which is bucket 0. Never written to. */
export const ROOT_BUCKETS: Uint32Array = new Uint32Array(CHUNK_DOCS);

/** Documents of one step: a document in several buckets of several levels takes microseconds. */
const STEP_DOCS = 4096;

/** Feeds a whole set of documents to collectors of the root: at once where they can take it so. */
export function* collectRoot(docs: DocSet, collectors: readonly Collector[]): Steps<void> {
  const others: Collector[] = [];
  for (const collector of collectors) {
    const isDone = collector.collectSet === undefined ? false : yield* collector.collectSet(docs);
    if (!isDone) others.push(collector);
  }
  if (others.length === 0) return;
  yield* collectInBatches(docs, others);
}

/** Feeds a set of documents to collectors of the root, some thousand in each step. */
export function* collectInBatches(docs: DocSet, collectors: readonly Collector[]): Steps<void> {
  const copy = borrowOffsets();
  for (let chunk = 0; chunk < docs.chunkLimit; chunk++) {
    const size = copyOffsets(docs, chunk, copy);
    for (let from = 0; from < size; from += STEP_DOCS) {
      const offsets = copy.subarray(from, Math.min(size, from + STEP_DOCS));
      const batch = { chunk, offsets, buckets: ROOT_BUCKETS, count: offsets.length, highestBucket: 0 };
      for (const collector of collectors) collector.collect(batch);
      yield;
    }
  }
  returnOffsets(copy);
}

/** Copies the offsets of the set's documents in a chunk and tells how many they are. */
function copyOffsets(docs: DocSet, chunk: number, to: Uint16Array): number {
  let size = 0;
  const copy = (_: number, offsets: Uint16Array, count: number): void => {
    to.set(offsets.subarray(0, count));
    size = count;
  };
  docs.forEachChunk(copy, chunk, chunk + 1);
  return size;
}
