import type { Index, StoredDocument } from '@daybook/search-engine';

/** A document by its id, as of now, in the shard that the routing value leads to. The read is counted. */
export function readDocument(index: Index, id: string, routing: string | undefined): StoredDocument | undefined {
  const startedMs = performance.now();
  const document = index.get(id, routing);
  index.counters.countGet(document !== undefined, startedMs);
  return document;
}
