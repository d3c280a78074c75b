import { javaDouble } from '../../numbers/java-double.ts';
import type { Steps } from '../../steps/steps.ts';
import { visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult, AggregationResults } from '../aggregation.ts';
import { decimalFormatter } from '../decimal-format.ts';
import { extendedStatistics } from '../metrics/extended-statistics.ts';
import { stepsOfPath } from './aggregation-path.ts';
import { bucketValue, numberOrNull } from './bucket-value.ts';
import type { SiblingPipeline } from './pipeline-aggregation.ts';
import { keyText } from './property.ts';
import { reduceError } from './reduce-error.ts';

/** A bucket's value, and its key as text. */
interface KeyedValue {
  readonly key: string;
  readonly value: number;
}

/** The result of a pipeline over the buckets of an aggregation of the same level. */
export function* siblingResult(pipeline: SiblingPipeline, results: AggregationResults): Steps<AggregationResult> {
  const { type, format, meta } = pipeline;
  const entries = yield* valuesAt(pipeline, results);
  const values = entries.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  const min = numberOrNull(values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY));
  const max = numberOrNull(values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY));
  const avg = numberOrNull(sum / values.length);
  const formatter = format === undefined ? undefined : decimalFormatter(format);
  const own = meta === undefined ? {} : { meta };
  const metric = (of: 'simpleValue' | 'bucketMetricValue', value: number | null) => {
    const text = formatter === undefined || value === null ? {} : { valueAsString: formatter(value) };
    return { type: 'metric', of, value, ...text, ...own } as const;
  };
  const keysOf = (value: number | null) => entries.filter((entry) => entry.value === value).map(({ key }) => key);
  switch (type) {
    case 'sumBucket':
      return metric('simpleValue', sum);
    case 'avgBucket':
      return metric('simpleValue', avg);
    case 'minBucket':
      return { ...metric('bucketMetricValue', min), keys: keysOf(min) };
    case 'maxBucket':
      return { ...metric('bucketMetricValue', max), keys: keysOf(max) };
    case 'percentilesBucket':
      return percentiles(pipeline, values, formatter);
    case 'statsBucket':
    case 'extendedStatsBucket': {
      const asString = formatter === undefined ? {} : { asString: formatter };
      const sumOfSquares = values.reduce((total, value) => total + value * value, 0);
      const extended =
        type === 'statsBucket'
          ? {}
          : { extended: extendedStatistics(values.length, sum, sumOfSquares, pipeline.sigma ?? 2) };
      return { type: 'stats', of: type, count: values.length, min, max, avg, sum, ...asString, ...extended, ...own };
    }
  }
}

/** The values of the buckets that have one, in the order of the buckets. */
function* valuesAt({ path, gapPolicy }: SiblingPipeline, results: AggregationResults): Steps<readonly KeyedValue[]> {
  const [name = '', ...steps] = stepsOfPath(path);
  const result = results[name];
  if (result?.type !== 'buckets') throw reduceError(`[${name}] has no buckets for buckets path: ${path}`);
  // compat: keys as Java writes them, which tells a double from a whole number.
  const isDouble = result.of === 'histogram' || (result.of === 'terms' && result.kind === 'double');
  const values: KeyedValue[] = [];
  yield* visitInSteps(result.buckets, (bucket) => {
    const value = bucketValue({ name, result }, bucket, steps, gapPolicy);
    if (value === undefined || Number.isNaN(value)) return;
    const key = isDouble && bucket.keyAsString === undefined ? javaDouble(Number(bucket.key)) : keyText(bucket);
    values.push({ key, value });
  });
  return values;
}

/** compat: the nearest value, and none is interpolated. */
function percentiles(
  { percents = [], keyed = true, meta }: SiblingPipeline,
  values: readonly number[],
  formatter: ((value: number) => string) | undefined,
): AggregationResult {
  const sorted = [...values].sort((a, b) => a - b);
  const nearest = (percent: number): number => sorted[Math.round((percent / 100) * (sorted.length - 1))]!;
  const at = (percent: number): number | null => {
    if (percents.includes(percent)) return sorted.length === 0 ? null : nearest(percent);
    throw reduceError(
      `Percent requested [${percent}] was not one of the computed percentiles. Available keys are: [${percents.join(', ')}]`,
      'illegal_argument_exception',
    );
  };
  return {
    type: 'percentiles',
    of: 'percentilesBucket',
    at,
    percents,
    values: sorted.length === 0 ? null : percents.map(nearest),
    keyed,
    ...(formatter === undefined ? {} : { formatter }),
    ...(meta === undefined ? {} : { meta }),
  };
}
