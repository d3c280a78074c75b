import type { Engine, Hit, Query, SortValue } from '@daybook/search-engine';
import { filteredQuery, type SearchTarget } from './search-targets.ts';

const byDocument = [{ field: '_doc', direction: 'asc' }] as const;

/** Where a scan stands: in which target, and after which of its documents. */
export interface ScanPosition {
  target: number;
  after: readonly SortValue[] | undefined;
}

/**
 * Reads on in the documents of the targets that match, in the order in which the engine numbers them, one index after the
 * other. A document keeps its number when it is updated, so none is met twice. An empty page means the end.
 */
export async function scanPage(
  engine: Engine,
  targets: readonly SearchTarget[],
  query: Query,
  position: ScanPosition,
  pageSize: number,
): Promise<readonly Hit[]> {
  for (; position.target < targets.length; position.target += 1, position.after = undefined) {
    const target = targets[position.target]!;
    const { hits } = await engine.search([target.index], {
      query: filteredQuery(query, [target]),
      from: 0,
      size: pageSize,
      sort: byDocument,
      trackScores: false,
      aggregations: {},
      ...(position.after === undefined ? {} : { searchAfter: position.after }),
    });
    const last = hits.at(-1);
    if (last !== undefined) {
      position.after = last.sort;
      return hits;
    }
  }
  return [];
}
