import { renderAggregations } from '../aggregations/render-aggregations.ts';
import type { JsonTree } from '../json/json.ts';
import type { ShardedResult } from './execute-search.ts';
import { floatScore } from './float-score.ts';
import { renderHit, renderTotal } from './render-hits.ts';
import type { SearchSpecification } from './search-specification.ts';

/** How an answer is written; `startedMs` is of the monotonic clock. */
export interface SearchRenderOptions {
  readonly startedMs: number;
  readonly typed: boolean;
  readonly typedKeys: boolean;
  readonly totalHitsAsInteger: boolean;
}

/** Renders the answer of a search. */
export function renderSearch(
  sharded: ShardedResult,
  specification: SearchSpecification,
  options: SearchRenderOptions,
): { readonly [name: string]: JsonTree } {
  const { result } = sharded;
  const hasAggregations = Object.keys(specification.request.aggregations).length > 0;
  return {
    took: Math.round(performance.now() - options.startedMs),
    timed_out: false,
    _shards: renderShards(sharded),
    hits: {
      total: renderTotal(result.total, specification.trackTotalHits, options.totalHitsAsInteger),
      max_score: floatScore(result.maxScore),
      hits: result.hits.map((hit) => renderHit(hit, specification, options.typed)),
    },
    aggregations: hasAggregations ? renderAggregations(result.aggregations, options.typedKeys) : undefined,
  };
}

function renderShards(sharded: ShardedResult): JsonTree {
  const { totalShards, failures } = sharded;
  return {
    total: totalShards,
    successful: totalShards - failures.length,
    skipped: 0,
    failed: failures.length,
    failures: failures.length === 0 ? undefined : (failures as unknown as JsonTree),
  };
}
