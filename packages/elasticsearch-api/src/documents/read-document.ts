import type { Index, StoredDocument } from '@daybook/search-engine';

/** A document by its id, as of now. The read is counted. */
export function readDocument(index: Index, id: string): StoredDocument | undefined {
  const startedMs = performance.now();
  const document = index.get(id);
  index.counters.countGet(document !== undefined, startedMs);
  return document;
}
