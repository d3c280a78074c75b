import type { Hit, Steps } from '@daybook/search-engine';
import { renderAggregations } from '../aggregations/render-aggregations.ts';
import { floatJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import { renderHit, renderTotal } from './render-hits.ts';
import type { SearchSpecification } from './search-specification.ts';
import type { ShardedResult } from './sharded-result.ts';

/** How an answer is written; `startedMs` is of the monotonic clock. */
export interface SearchRenderOptions {
  readonly nodeId: string;
  readonly startedMs: number;
  readonly typed: boolean;
  readonly typedKeys: boolean;
  readonly totalHitsAsInteger: boolean;
}

/** Renders the answer of a search. */
export function* renderSearch(
  sharded: ShardedResult,
  specification: SearchSpecification,
  options: SearchRenderOptions,
  innerHits: ReadonlyMap<Hit, JsonTree> = new Map(),
): Steps<{ readonly [name: string]: JsonTree }> {
  const { result } = sharded;
  const hasAggregations = Object.keys(specification.request.aggregations).length > 0;
  return {
    took: Math.round(performance.now() - options.startedMs),
    timed_out: result.timedOut,
    terminated_early: specification.request.terminateAfter === undefined ? undefined : result.terminatedEarly,
    _shards: renderShards(sharded),
    hits: yield* renderHits(sharded, specification, options, innerHits),
    aggregations: hasAggregations ? yield* renderAggregations(result.aggregations, options) : undefined,
  };
}

/** The hits with their total; `innerHits` stand in the hit that they belong to. */
export function* renderHits(
  { result, totalShards }: ShardedResult,
  specification: SearchSpecification,
  options: SearchRenderOptions,
  innerHits: ReadonlyMap<Hit, JsonTree>,
): Steps<JsonTree> {
  const hits: JsonTree[] = [];
  for (const hit of result.hits) {
    hits.push(renderHit(hit, specification, options, innerHits.get(hit)));
    // A source is read, and maybe cut to what is wanted.
    yield;
  }
  return {
    total: renderTotal(result.total, specification.trackTotalHits, options.totalHitsAsInteger),
    // compat: where there is no index, the highest score is 0.
    max_score: floatJson(totalShards === 0 ? 0 : result.maxScore),
    hits,
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
