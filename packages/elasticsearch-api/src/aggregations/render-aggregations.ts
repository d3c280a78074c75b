import {
  type AggregationResult,
  type AggregationResults,
  type Bucket,
  type CompositeBucket,
  javaDouble,
  Later,
  type Steps,
  visitInSteps,
} from '@daybook/search-engine';
import { doubleJson, floatJson, valueJson } from '../json/floating-point.ts';
import { type JsonTree, setMember } from '../json/json.ts';
import { renderHit } from '../search/render-hits.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { renderStats } from './render-stats.ts';

type BucketsResult = Extract<AggregationResult, { readonly type: 'buckets' }>;
type PercentilesResult = Extract<AggregationResult, { readonly type: 'percentiles' }>;
type TopHitsResult = Extract<AggregationResult, { readonly type: 'topHits' }>;
type Members = { readonly [name: string]: JsonTree };
type MutableMembers = { [name: string]: JsonTree };

const wireNames: Readonly<Record<string, string>> = {
  dateHistogram: 'date_histogram',
  autoDateHistogram: 'auto_date_histogram',
  dateRange: 'date_range',
  ipRange: 'ip_range',
  topHits: 'top_hits',
  valueCount: 'value_count',
  extendedStats: 'extended_stats',
  simpleValue: 'simple_value',
  bucketMetricValue: 'bucket_metric_value',
  statsBucket: 'stats_bucket',
  extendedStatsBucket: 'extended_stats_bucket',
  weightedAvg: 'weighted_avg',
  medianAbsoluteDeviation: 'median_absolute_deviation',
};

const termsPrefixes: Readonly<Record<BucketsResult['kind'], string>> = {
  string: 'sterms',
  unmapped: 'sterms',
  long: 'lterms',
  date: 'lterms',
  boolean: 'lterms',
  double: 'dterms',
};

/** Metrics whose values are whole numbers. */
const COUNTS: ReadonlySet<string> = new Set(['valueCount', 'cardinality']);

/** How results are written. */
export interface AggregationRendering {
  /** A name is preceded by its type: `sterms#by_status`. */
  readonly typedKeys: boolean;
  /** Whether hits have a `_type`. */
  readonly typed: boolean;
  readonly nodeId: string;
}

/** A rendering on its way; buckets are rendered later, in the lists that stand for them. */
interface Rendering extends AggregationRendering {
  readonly later: Later;
}

/** Renders results by their names. */
export function* renderAggregations(results: AggregationResults, rendering: AggregationRendering): Steps<Members> {
  const later = new Later();
  const members = addAggregations({}, results, { ...rendering, later });
  yield* later.finish();
  return members;
}

/** Adds results to what they belong to, which has one object for all: dashboards ask for thousands of buckets. */
function addAggregations(to: MutableMembers, results: AggregationResults, rendering: Rendering): Members {
  for (const name of Object.keys(results)) {
    const result = results[name]!;
    const shown = rendering.typedKeys ? `${typeName(result)}#${name}` : name;
    setMember(to, shown, renderResult(result, rendering));
  }
  return to;
}

function typeName(result: AggregationResult): string {
  if (result.type === 'percentiles' && result.of === 'percentilesBucket') return 'percentiles_bucket';
  if (result.type === 'percentiles')
    return `${result.isHdr ? 'hdr' : 'tdigest'}_${result.of === 'percentiles' ? 'percentiles' : 'percentile_ranks'}`;
  if (result.type === 'buckets' && result.of === 'terms') {
    const prefix = termsPrefixes[result.kind];
    return result.sumOtherDocCount === undefined && result.kind !== 'unmapped'
      ? prefix.replace('terms', 'rareterms')
      : prefix;
  }
  return wireNames[result.of] ?? result.of;
}

function renderResult(result: AggregationResult, rendering: Rendering): Members {
  const members = renderMembers(result, rendering);
  return result.meta === undefined ? members : { meta: result.meta as JsonTree, ...members };
}

function renderMembers(result: AggregationResult, rendering: Rendering): Members {
  switch (result.type) {
    case 'buckets':
      return renderBuckets(result, rendering);
    case 'single':
      return addAggregations({ doc_count: result.docCount }, result.aggregations, rendering);
    case 'metric':
      return {
        value: COUNTS.has(result.of) ? result.value : doubleJson(result.value),
        value_as_string: result.valueAsString,
        normalized_value: doubleJson(result.normalizedValue),
        keys: result.keys,
      };
    case 'stats':
      return renderStats(result);
    case 'composite':
      return {
        after_key: result.afterKey === undefined ? undefined : renderKey(result.afterKey),
        buckets: renderedLater(result.buckets, rendering, ({ key, docCount, aggregations }) =>
          addAggregations({ key: renderKey(key), doc_count: docCount }, aggregations, rendering),
        ),
      };
    case 'topHits':
      return { hits: renderTopHits(result, rendering) };
    case 'percentiles':
      return { values: renderPercentiles(result) };
  }
}

function renderTopHits(
  { total, maxScore, hits, presentation }: TopHitsResult,
  rendering: AggregationRendering,
): JsonTree {
  return {
    total: { value: total, relation: 'eq' },
    max_score: floatJson(maxScore),
    hits: hits.map((hit) => renderHit(hit, presentation as SearchSpecification, rendering, undefined)),
  };
}

/** A list that is filled later. */
function renderedLater<T>(items: readonly T[], { later }: Rendering, render: (item: T) => JsonTree): JsonTree[] {
  const rendered: JsonTree[] = [];
  later.do(visitInSteps(items, (item) => rendered.push(render(item))));
  return rendered;
}

function renderBuckets(result: BucketsResult, rendering: Rendering): Members {
  const rendered: MutableMembers = {};
  if (result.sumOtherDocCount !== undefined) {
    rendered.doc_count_error_upper_bound = 0;
    rendered.sum_other_doc_count = result.sumOtherDocCount;
  }
  if (!result.keyed) {
    const named = result.of !== 'filters';
    rendered.buckets = renderedLater(result.buckets, rendering, (bucket) =>
      renderBucket(bucket, named, result, rendering),
    );
    if (result.interval !== undefined) rendered.interval = result.interval;
    return rendered;
  }
  const withKey = result.of === 'dateHistogram' || result.of === 'histogram';
  const buckets: MutableMembers = {};
  const add = (bucket: Bucket): void =>
    setMember(buckets, keyOf(bucket, result), renderBucket(bucket, withKey, result, rendering));
  rendering.later.do(visitInSteps(result.buckets, add));
  rendered.buckets = buckets;
  return rendered;
}

function renderBucket(
  bucket: Bucket,
  withKey: boolean,
  { of, kind, showsErrors = false }: BucketsResult,
  rendering: Rendering,
): Members {
  const isDoubleKey = kind === 'double' || of === 'histogram';
  const { keyAsString } = bucket;
  const key = isDoubleKey ? doubleJson(bucket.key) : bucket.key;
  const textFirst = of === 'dateHistogram' || of === 'autoDateHistogram' || of === 'histogram';
  const rendered: MutableMembers = {};
  if (withKey) {
    if (textFirst && keyAsString !== undefined) rendered.key_as_string = keyAsString;
    rendered.key = key;
    if (!textFirst && keyAsString !== undefined) rendered.key_as_string = keyAsString;
  }
  if (bucket.from !== undefined) rendered.from = doubleJson(bucket.from);
  if (bucket.fromAsString !== undefined) rendered.from_as_string = bucket.fromAsString;
  if (bucket.to !== undefined) rendered.to = doubleJson(bucket.to);
  if (bucket.toAsString !== undefined) rendered.to_as_string = bucket.toAsString;
  rendered.doc_count = bucket.docCount;
  if (showsErrors) rendered.doc_count_error_upper_bound = 0;
  return addAggregations(rendered, bucket.aggregations, rendering);
}

function renderKey(key: CompositeBucket['key']): Members {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, valueJson(value)]));
}

function keyOf(bucket: Bucket, result: BucketsResult): string {
  if (bucket.keyAsString !== undefined) return bucket.keyAsString;
  return result.of === 'histogram' ? javaDouble(Number(bucket.key)) : String(bucket.key);
}

function renderPercentiles({ percents, values, formatter, keyed }: PercentilesResult): JsonTree {
  if (!keyed) {
    return percents.map((percent, at) => {
      const value = values?.[at] ?? null;
      return {
        key: doubleJson(percent),
        value: doubleJson(value),
        value_as_string: value === null ? undefined : formatter?.(value),
      };
    });
  }
  const members: MutableMembers = {};
  for (let at = 0; at < percents.length; at++) {
    const key = javaDouble(percents[at]!);
    const value = values?.[at] ?? null;
    members[key] = doubleJson(value);
    if (formatter !== undefined && value !== null) members[`${key}_as_string`] = formatter(value);
  }
  return members;
}
