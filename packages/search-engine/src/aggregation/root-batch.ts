import type { DocSet } from '../columns/doc-set.ts';
import { CHUNK_DOCS } from '../columns/doc-set.ts';
import type { Collector } from './aggregator.ts';

/** The buckets of documents that are in the root, which is bucket 0. Never written to. */
export const ROOT_BUCKETS: Uint32Array = new Uint32Array(CHUNK_DOCS);

/** Feeds a whole set of documents to collectors of the root. */
export function collectRoot(docs: DocSet, collectors: readonly Collector[]): void {
  docs.forEachChunk((chunk, offsets, count) => {
    for (const collector of collectors) collector.collect({ chunk, offsets, buckets: ROOT_BUCKETS, count });
  });
}
