import { CHUNK_DOCS, type DocSet } from '../columns/doc-set.ts';
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
  for (let chunk = 0; chunk < docs.chunkLimit; chunk++) {
    const offsets = offsetsOf(docs, chunk);
    for (let from = 0; from < offsets.length; from += STEP_DOCS) {
      const some = offsets.subarray(from, from + STEP_DOCS);
      const batch = { chunk, offsets: some, buckets: ROOT_BUCKETS, count: some.length };
      for (const collector of others) collector.collect(batch);
      yield;
    }
  }
}

function offsetsOf(docs: DocSet, chunk: number): Uint16Array {
  let copy = new Uint16Array(0);
  docs.forEachChunk((_, offsets, count) => (copy = offsets.slice(0, count)), chunk, chunk + 1);
  return copy;
}
