import type { AggregationResult, AggregationResults, Bucket } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import { decimalFormatter } from '../decimal-format.ts';
import { bucketValue, missingPath, numberOrNull } from './bucket-value.ts';
import type { SiblingPipeline } from './pipeline-aggregation.ts';

/** The result of a pipeline over the buckets of an aggregation of the same level. */
export function siblingResult(pipeline: SiblingPipeline, results: AggregationResults): AggregationResult {
  const { type, path, gapPolicy, format, meta } = pipeline;
  const { buckets, valuePath, isDouble } = bucketsAt(results, path);
  const entries = buckets
    .map((bucket) => ({
      key: bucket.keyAsString ?? keyText(bucket.key, isDouble),
      value: bucketValue(bucket, valuePath, gapPolicy),
    }))
    .filter(({ value }) => !Number.isNaN(value));
  const values = entries.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  const min = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const avg = numberOrNull(sum / values.length);
  const formatter = format === undefined ? undefined : decimalFormatter(format);
  const own = meta === undefined ? {} : { meta };
  if (type === 'statsBucket') {
    const asString = formatter === undefined ? {} : { asString: formatter };
    const bounds = { min: numberOrNull(min), max: numberOrNull(max) };
    return { type: 'stats', of: 'statsBucket', count: values.length, ...bounds, avg, sum, ...asString, ...own };
  }
  const isBound = type === 'minBucket' || type === 'maxBucket';
  const value =
    type === 'sumBucket' ? sum : type === 'avgBucket' ? avg : numberOrNull(type === 'minBucket' ? min : max);
  return {
    type: 'metric',
    of: isBound ? 'bucketMetricValue' : 'simpleValue',
    value,
    ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
    ...(isBound ? { keys: entries.filter((entry) => entry.value === value).map(({ key }) => key) } : {}),
    ...own,
  };
}

/** Follows a path through single buckets to the first list of buckets, and gives what is left of it. */
function bucketsAt(
  results: AggregationResults,
  path: string,
): { readonly buckets: readonly Bucket[]; readonly valuePath: string; readonly isDouble: boolean } {
  const [name = '', ...rest] = path.split('>');
  const result = results[name];
  if (result === undefined) throw missingPath(path);
  if (result.type === 'single') return bucketsAt(result.aggregations, rest.join('>'));
  if (result.type !== 'buckets' || rest.length === 0) {
    throw aggregationError(
      `The first aggregation in buckets_path must be a multi-bucket aggregation for aggregation found :${name} for buckets path: ${path}`,
      'action_request_validation_exception',
    );
  }
  const isDouble = result.of === 'histogram' || (result.of === 'terms' && result.kind === 'double');
  return { buckets: result.buckets, valuePath: rest.join('>'), isDouble };
}

/** A key as Java writes it, which tells a double from a whole number. */
function keyText(key: Bucket['key'], isDouble: boolean): string {
  return isDouble && Number.isInteger(key) ? `${key}.0` : String(key);
}
