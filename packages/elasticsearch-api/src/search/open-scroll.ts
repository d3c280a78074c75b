import type { Engine, SortKey, SortValue } from '@daybook/search-engine';
import type { Suspended } from './as-task.ts';
import { executeSearch } from './execute-search.ts';
import type { Scroll } from './scroll-registry.ts';
import type { SearchSpecification } from './search-specification.ts';
import { countSearch } from './search-statistics.ts';
import { pinTargets, type SearchTarget } from './search-targets.ts';
import type { ShardedResult } from './sharded-result.ts';
import { inTotalOrder } from './total-order.ts';

const BY_SCORE: readonly SortKey[] = [{ field: '_score', direction: 'desc' }];

/**
 * Opens a scroll and gives its first page. The indices are kept as they are now; each page is the search once more, from behind the last hit
 * of the page before.
 */
export async function openScroll(
  engine: Engine,
  targets: readonly SearchTarget[],
  specification: SearchSpecification,
  nodeId: string,
  suspended: Suspended,
): Promise<{ readonly first: ShardedResult; readonly scroll: Scroll }> {
  const { targets: pinned, release } = pinTargets(engine, targets, 'scroll');
  try {
    const { request } = specification;
    const first = await executeSearch(engine, pinned, { suspended, ...request }, nodeId);
    const sort = inTotalOrder(request.sort.length === 0 ? BY_SCORE : request.sort);
    const { searchAfter: _, ...rest } = request;
    let after: readonly SortValue[] | undefined;
    const scroll: Scroll = {
      specification,
      next: async (suspended) => {
        const searchAfter = after === undefined ? {} : { searchAfter: after };
        const page = { suspended, ...rest, ...searchAfter, sort, aggregations: {} };
        const sharded = await executeSearch(engine, pinned, page, nodeId);
        countSearch(sharded, specification.statisticsGroups);
        const { result } = sharded;
        after = result.hits.at(-1)?.sort ?? after;
        const hits = result.hits.map((hit) => ({ ...hit, sort: hit.sort.slice(0, request.sort.length) }));
        return { ...first, result: { ...first.result, hits, timedOut: result.timedOut } };
      },
      release,
    };
    return { first: await scroll.next(suspended), scroll };
  } catch (error) {
    release();
    throw error;
  }
}
