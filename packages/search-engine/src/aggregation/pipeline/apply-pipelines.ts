import type { Steps } from '../../steps/steps.ts';
import type { Aggregation, AggregationResult, AggregationResults, Aggregations } from '../aggregation.ts';
import { NamedResults } from '../named-results.ts';
import { parseAggregationPath } from './aggregation-path.ts';
import type { NamedBuckets } from './bucket-value.ts';
import { isPipeline } from './is-pipeline.ts';
import { pipedBuckets } from './parent-pipeline.ts';
import type { PipelineAggregation } from './pipeline-aggregation.ts';
import type { AnyBucket } from './property.ts';
import { siblingResult } from './sibling-pipeline.ts';

type Named = readonly [name: string, pipeline: PipelineAggregation];

/** The results with those of the pipelines among and below the aggregations, innermost first. */
export function* applyPipelines(aggregations: Aggregations, results: AggregationResults): Steps<AggregationResults> {
  if (!hasPipelines(aggregations)) return results;
  const piped = new NamedResults();
  for (const [name, result] of Object.entries(results)) {
    piped[name] = yield* applyBelow(name, aggregations[name]!, result);
  }
  for (const [name, pipeline] of inOrder(aggregations)) {
    if (isSibling(pipeline)) piped[name] = yield* siblingResult(pipeline, piped);
  }
  return piped;
}

function hasPipelines(aggregations: Aggregations): boolean {
  return Object.values(aggregations).some(
    (aggregation) =>
      isPipeline(aggregation) || ('aggregations' in aggregation && hasPipelines(aggregation.aggregations ?? {})),
  );
}

function isSibling(
  pipeline: PipelineAggregation,
): pipeline is PipelineAggregation & { readonly type: `${string}Bucket` } {
  return pipeline.type.endsWith('Bucket');
}

function* applyBelow(around: string, aggregation: Aggregation, result: AggregationResult): Steps<AggregationResult> {
  const below = 'aggregations' in aggregation ? aggregation.aggregations : undefined;
  if (below === undefined || Object.keys(below).length === 0) return result;
  if (result.type === 'single') return { ...result, aggregations: yield* applyPipelines(below, result.aggregations) };
  if (result.type !== 'buckets' && result.type !== 'composite') return result;
  const applied: AnyBucket[] = [];
  for (const bucket of result.buckets) {
    applied.push({ ...bucket, aggregations: yield* applyPipelines(below, bucket.aggregations) });
    yield;
  }
  let piped = withBuckets(result, applied);
  for (const [name, pipeline] of inOrder(below)) {
    if (!isSibling(pipeline)) {
      piped = withBuckets(piped, yield* pipedBuckets(name, pipeline, { name: around, result: piped }));
    }
  }
  return piped;
}

/** Pipelines keep buckets of the kind that they were given. */
function withBuckets<R extends NamedBuckets['result']>(result: R, buckets: readonly AnyBucket[]): R {
  return { ...result, buckets } as R;
}

/** The pipelines of one level, each after those that it reads. Those that read each other in a circle are left out. */
function inOrder(aggregations: Aggregations): readonly Named[] {
  let waiting = Object.entries(aggregations).filter((entry): entry is [string, PipelineAggregation] =>
    isPipeline(entry[1]),
  );
  const ordered: Named[] = [];
  for (let ready = waiting; ready.length > 0; ) {
    const names = new Set(waiting.map(([name]) => name));
    ready = waiting.filter(
      ([, pipeline]) => !pathsOf(pipeline).some((path) => names.has(parseAggregationPath(path)[0]!.name)),
    );
    ordered.push(...ready);
    waiting = waiting.filter((entry) => !ready.includes(entry));
  }
  return ordered;
}

function pathsOf(pipeline: PipelineAggregation): readonly string[] {
  if ('path' in pipeline) return [pipeline.path];
  return 'paths' in pipeline ? Object.values(pipeline.paths) : pipeline.order.map(({ path }) => path);
}
