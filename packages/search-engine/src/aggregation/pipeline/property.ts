import type { AggregationResult, Bucket, CompositeBucket } from '../aggregation.ts';
import { statisticNamed } from '../metrics/extended-statistics.ts';
import { reduceError } from './reduce-error.ts';

/**
 * What stands at a path of a result: a number, NaN where a metric has no value; undefined where the path leads past a bucket that has no such
 * aggregation or key; or something that is no number, by the name that an error gives it.
 */
export type Property = number | undefined | { readonly named: string; readonly hasSeveralValues?: boolean };

/** A bucket with a key of one value or of several. */
export type AnyBucket = Bucket | CompositeBucket;

/** A bucket's key as text. */
export function keyText(bucket: AnyBucket): string {
  if (typeof bucket.key === 'object') {
    return `{${Object.entries(bucket.key)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(', ')}}`;
  }
  return ('keyAsString' in bucket ? bucket.keyAsString : undefined) ?? String(bucket.key);
}

/** The property of a bucket. `kind` is that of the bucket's aggregation. */
export function bucketProperty(bucket: AnyBucket, kind: string, steps: readonly string[]): Property {
  const [name, ...rest] = steps;
  if (name === undefined) return { named: 'Bucket' };
  if (name === '_count') return rest.length > 0 ? undefined : bucket.docCount;
  if (name === '_key') return rest.length > 0 ? undefined : keyProperty(bucket, kind);
  const result = bucket.aggregations[name];
  return result === undefined ? undefined : resultProperty(name, result, rest);
}

function keyProperty({ key }: AnyBucket, kind: string): Property {
  if (typeof key === 'object') return { named: 'ArrayMap' };
  if (typeof key === 'string') return { named: 'String' };
  return kind === 'date' ? { named: 'ZonedDateTime' } : key;
}

function resultProperty(name: string, result: AggregationResult, steps: readonly string[]): Property {
  const [step, ...rest] = steps;
  switch (result.type) {
    case 'metric':
      if (step === undefined || (step === 'value' && rest.length === 0)) return result.value ?? Number.NaN;
      if (step === 'normalized_value' && result.of === 'derivative') return result.normalizedValue ?? Number.NaN;
      throw unsupportedPath(name, steps);
    case 'stats':
      if (step === undefined) return { named: 'InternalStats', hasSeveralValues: true };
      if (rest.length > 0) throw unsupportedPath(name, steps);
      return statistic(result, step);
    case 'percentiles':
      if (step === undefined) return { named: 'InternalTDigestPercentiles', hasSeveralValues: true };
      if (rest.length > 0) throw unsupportedPath(name, steps);
      return result.at(percentOf(step)) ?? Number.NaN;
    case 'single': {
      if (step === undefined) return { named: SINGLE_NAMES[result.of] };
      if (step === '_count') return result.docCount;
      const below = result.aggregations[step];
      if (below !== undefined) return resultProperty(step, below, rest);
      throw reduceError(`Cannot find an aggregation named [${step}] in [${name}]`, 'illegal_argument_exception');
    }
    case 'buckets':
      return bucketsProperty(result, steps);
    case 'topHits':
      if (step === undefined) return { named: 'InternalTopHits' };
      throw unsupportedPath(name, steps);
    case 'composite':
      return { named: 'InternalComposite' };
  }
}

const SINGLE_NAMES = { filter: 'InternalFilter', missing: 'InternalMissing', global: 'InternalGlobal' } as const;

const BUCKETS_NAMES = {
  terms: 'StringTerms',
  dateHistogram: 'InternalDateHistogram',
  autoDateHistogram: 'InternalAutoDateHistogram',
  histogram: 'InternalHistogram',
  range: 'InternalRange',
  dateRange: 'InternalDateRange',
  ipRange: 'InternalBinaryRange',
  filters: 'InternalFilters',
} as const;

function bucketsProperty(result: AggregationResult & { type: 'buckets' }, steps: readonly string[]): Property {
  const [step, ...rest] = steps;
  if (step === undefined) return { named: bucketsName(result) };
  if (step === '_bucket_count') return result.buckets.length;
  if (!/^'.*'$/s.test(step)) return { named: 'Object[]' };
  const key = step.slice(1, -1);
  const bucket = result.buckets.find((each) => keyText(each) === key);
  return bucket === undefined ? undefined : bucketProperty(bucket, result.kind, rest);
}

function bucketsName({ of, kind }: AggregationResult & { type: 'buckets' }): string {
  if (of !== 'terms') return BUCKETS_NAMES[of];
  if (kind === 'unmapped') return 'UnmappedTerms';
  return kind === 'string' ? 'StringTerms' : kind === 'double' ? 'DoubleTerms' : 'LongTerms';
}

function percentOf(step: string): number {
  const percent = step.trim() === '' ? Number.NaN : Number(step);
  if (!Number.isNaN(percent)) return percent;
  throw reduceError(`For input string: "${step}"`, 'number_format_exception');
}

function statistic(result: AggregationResult & { type: 'stats' }, name: string): number {
  const { of } = result;
  const value = statisticNamed(result, name);
  if (value !== undefined) return value ?? Number.NaN;
  const type =
    of === 'stats' ? 'InternalStats' : of === 'extendedStats' ? 'InternalExtendedStats' : 'InternalStatsBucket';
  throw reduceError(
    `No enum constant org.elasticsearch.search.aggregations.metrics.${type}.Metrics.${name}`,
    'illegal_argument_exception',
  );
}

function unsupportedPath(name: string, steps: readonly string[]): Error {
  return reduceError(`path not supported for [${name}]: [${steps.join(', ')}]`, 'illegal_argument_exception');
}
