import type { AggregationResult, AggregationResults, Bucket } from '@daybook/search-engine';
import { emptyObject, type JsonTree } from '../json/json.ts';
import { renderStats } from './render-stats.ts';

type BucketsResult = Extract<AggregationResult, { readonly type: 'buckets' }>;
type PercentilesResult = Extract<AggregationResult, { readonly type: 'percentiles' }>;
type Members = { readonly [name: string]: JsonTree };

const wireNames: Readonly<Record<string, string>> = {
  dateHistogram: 'date_histogram',
  dateRange: 'date_range',
  valueCount: 'value_count',
  extendedStats: 'extended_stats',
  simpleValue: 'simple_value',
  bucketMetricValue: 'bucket_metric_value',
  statsBucket: 'stats_bucket',
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

/** Renders results by their names; with `typed_keys` a name is preceded by its type, `sterms#by_status`. */
export function renderAggregations(results: AggregationResults, typedKeys: boolean): Members {
  const rendered = emptyObject<JsonTree>();
  for (const [name, result] of Object.entries(results)) {
    rendered[typedKeys ? `${typeName(result)}#${name}` : name] = renderResult(result, typedKeys);
  }
  return rendered;
}

function typeName(result: AggregationResult): string {
  if (result.type === 'percentiles')
    return `tdigest_${result.of === 'percentiles' ? 'percentiles' : 'percentile_ranks'}`;
  if (result.type === 'buckets' && result.of === 'terms') {
    const prefix = termsPrefixes[result.kind];
    return result.sumOtherDocCount === undefined ? prefix.replace('terms', 'rareterms') : prefix;
  }
  return wireNames[result.of] ?? result.of;
}

function renderResult(result: AggregationResult, typedKeys: boolean): JsonTree {
  const meta: Members = result.meta === undefined ? {} : { meta: result.meta as JsonTree };
  switch (result.type) {
    case 'buckets':
      return { ...meta, ...renderBuckets(result, typedKeys) };
    case 'single':
      return { ...meta, doc_count: result.docCount, ...renderAggregations(result.aggregations, typedKeys) };
    case 'metric':
      return {
        ...meta,
        value: result.value,
        value_as_string: result.valueAsString,
        normalized_value: result.normalizedValue,
        keys: result.keys,
      };
    case 'stats':
      return { ...meta, ...renderStats(result) };
    case 'composite':
      return {
        ...meta,
        after_key: result.afterKey,
        buckets: result.buckets.map((bucket) => ({
          key: bucket.key,
          doc_count: bucket.docCount,
          ...renderAggregations(bucket.aggregations, typedKeys),
        })),
      };
    case 'percentiles':
      return { ...meta, values: renderPercentiles(result) };
  }
}

function renderBuckets(result: BucketsResult, typedKeys: boolean): Members {
  const counts: Members =
    result.sumOtherDocCount === undefined
      ? {}
      : { doc_count_error_upper_bound: 0, sum_other_doc_count: result.sumOtherDocCount };
  const named = result.of !== 'filters';
  if (!result.keyed) {
    const buckets = result.buckets.map((bucket) => ({
      ...renderBucket(bucket, named, result.of, typedKeys),
    }));
    return { ...counts, buckets };
  }
  const buckets = emptyObject<JsonTree>();
  for (const bucket of result.buckets) {
    const withKey = result.of === 'dateHistogram' || result.of === 'histogram';
    buckets[keyOf(bucket, result)] = renderBucket(bucket, withKey, result.of, typedKeys);
  }
  return { ...counts, buckets };
}

function renderBucket(bucket: Bucket, withKey: boolean, of: BucketsResult['of'], typedKeys: boolean): Members {
  const dateFirst = of === 'dateHistogram';
  return {
    ...(dateFirst && withKey ? { key_as_string: bucket.keyAsString } : {}),
    ...(withKey ? { key: bucket.key } : {}),
    ...(!dateFirst && withKey ? { key_as_string: bucket.keyAsString } : {}),
    from: bucket.from,
    from_as_string: bucket.fromAsString,
    to: bucket.to,
    to_as_string: bucket.toAsString,
    doc_count: bucket.docCount,
    ...renderAggregations(bucket.aggregations, typedKeys),
  };
}

function keyOf(bucket: Bucket, result: BucketsResult): string {
  if (bucket.keyAsString !== undefined) return bucket.keyAsString;
  return result.of === 'histogram' ? javaDouble(Number(bucket.key)) : String(bucket.key);
}

function renderPercentiles(result: PercentilesResult): JsonTree {
  if (!result.keyed) {
    return result.values.map((entry) => ({
      key: entry.percent,
      value: entry.value,
      value_as_string: entry.valueAsString,
    }));
  }
  const values = emptyObject<JsonTree>();
  for (const entry of result.values) {
    const key = javaDouble(entry.percent);
    values[key] = entry.value;
    if (entry.valueAsString !== undefined) values[`${key}_as_string`] = entry.valueAsString;
  }
  return values;
}

/** A number as it stands in keys: always with a fraction. */
function javaDouble(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e7 ? `${value}.0` : String(value);
}
