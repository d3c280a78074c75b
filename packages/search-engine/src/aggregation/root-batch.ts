import { CHUNK_DOCS, type DocSet, visitChunks } from '../columns/doc-set.ts';
import type { Steps } from '../steps/steps.ts';
import type { Collector } from './aggregator.ts';

/** The buckets of documents that are in the root, which is bucket 0. Never written to. */
export const ROOT_BUCKETS: Uint32Array = new Uint32Array(CHUNK_DOCS);

/** Feeds a whole set of documents to collectors of the root: at once where they can take it so, else a chunk in each step. */
export function* collectRoot(docs: DocSet, collectors: readonly Collector[]): Steps<void> {
  const others: Collector[] = [];
  for (const collector of collectors) {
    const isDone = collector.collectSet === undefined ? false : yield* collector.collectSet(docs);
    if (!isDone) others.push(collector);
  }
  if (others.length === 0) return;
  yield* visitChunks(docs, (chunk, offsets, count) => {
    for (const collector of others) collector.collect({ chunk, offsets, buckets: ROOT_BUCKETS, count });
  });
}
