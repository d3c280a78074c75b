import type { Query } from '../query/query.ts';
import type { Steps } from '../steps/steps.ts';
import { ENDLESS, type TimeLimit } from '../steps/time-limit.ts';
import type { AggregationResults, Aggregations } from './aggregation.ts';
import type { AggregatedIndex, Collector, Part, SearchedIndex } from './aggregator.ts';
import { findFiltered } from './find-filtered.ts';
import { NamedResults } from './named-results.ts';
import { PendingBatches } from './pending-batches.ts';
import { applyPipelines } from './pipeline/apply-pipelines.ts';
import { planAggregations } from './plan-aggregations.ts';
import { MAX_BUCKETS, ResultBuilder } from './result-builder.ts';
import { resultOf } from './result-of.ts';
import { collectRoot } from './root-batch.ts';
import { ValuePages } from './value-pages.ts';

/** What every index of the search shares. */
export interface CollectOptions {
  /** What `now` means in bounds and formats. */
  readonly nowMs: number;
  /** None unless given. */
  readonly limit?: TimeLimit;
  /** Buckets of the whole answer; 65,535 unless given. */
  readonly maxBuckets?: number | undefined;
  /** Documents that `global` counts; all unless given. */
  readonly visible?: Query | undefined;
}

/**
 * Runs aggregations over the documents that a query found in several indices. Throws `invalid-argument` for a field or option that cannot be
 * served, and `limit-exceeded` for too many buckets.
 */
export function* collectAggregations(
  aggregations: Aggregations,
  indices: readonly SearchedIndex[],
  options: CollectOptions,
): Steps<AggregationResults> {
  const pages = new ValuePages();
  try {
    return yield* collect(aggregations, indices, options, pages);
  } finally {
    pages.giveBack();
  }
}

function* collect(
  aggregations: Aggregations,
  indices: readonly SearchedIndex[],
  options: CollectOptions,
  pages: ValuePages,
): Steps<AggregationResults> {
  const { nowMs, limit = ENDLESS, maxBuckets = MAX_BUCKETS, visible } = options;
  const planned = planAggregations(aggregations, { indices, nowMs, maxBuckets });
  const parts = new Map<string, Part[]>([...planned.keys()].map((name) => [name, []]));
  for (const searched of indices) {
    const index: AggregatedIndex = {
      pending: new PendingBatches(),
      limit,
      pages,
      filtered: yield* findFiltered(aggregations, searched.reader),
      ...searched,
    };
    const collectors: Collector[] = [];
    const global: Collector[] = [];
    for (const [name, aggregator] of planned) {
      const isGlobal = aggregations[name]!.type === 'global';
      const collector = aggregator.collector(isGlobal ? { ...index, hits: index.hits.ofAllDocs() } : index);
      (isGlobal ? global : collectors).push(collector);
      parts.get(name)!.push({ collector, bucket: 0 });
    }
    if (collectors.length > 0) yield* collectRoot(index.matches, collectors, index);
    if (global.length === 0) continue;
    const seen = visible === undefined ? index.reader.liveDocs() : yield* index.reader.findMatchingDocs(visible);
    yield* collectRoot(seen, global, index);
  }
  const builder = new ResultBuilder(maxBuckets);
  const results = new NamedResults();
  for (const [name, aggregator] of planned) {
    results[name] = yield* resultOf(aggregator, parts.get(name)!, builder);
    yield* builder.fill();
  }
  return yield* applyPipelines(aggregations, results);
}
