import type { Engine, SearchRequest, SearchResult, SortValue } from '@daybook/search-engine';
import { executeSearch } from './execute-search.ts';
import { countSearch } from './search-statistics.ts';
import type { SearchTarget } from './search-targets.ts';
import { inTotalOrder } from './total-order.ts';

/** Reads on in what a search finds: each page begins behind the last one, and an empty page is the end. */
export type DocumentScan = (pageSize: number) => Promise<SearchResult>;

/**
 * Scans what a search finds in targets that are held as they are, in the order of its `sort`, or of the indices where it has none; no document is met
 * twice. Pages count everything that is found.
 */
export function scanDocuments(
  engine: Engine,
  targets: readonly SearchTarget[],
  // compat: a scroll goes on behind what `terminate_after` ends.
  { searchAfter: _, terminateAfter: __, ...request }: SearchRequest,
  nodeId: string,
): DocumentScan {
  // Without a format a value comes back as it was.
  const sort = inTotalOrder(request.sort.map(({ format: ___, ...key }) => key));
  let after: readonly SortValue[] | undefined;
  return async (size) => {
    const place = after === undefined ? {} : { searchAfter: after };
    // A page that is not whole would leave out documents in silence.
    const page: SearchRequest = { ...request, ...place, sort, from: 0, size, aggregations: {}, timeoutMs: -1 };
    const sharded = await executeSearch(engine, targets, page, nodeId, 'scan');
    countSearch(sharded);
    const { result } = sharded;
    after = result.hits.at(-1)?.sort ?? after;
    return result;
  };
}
