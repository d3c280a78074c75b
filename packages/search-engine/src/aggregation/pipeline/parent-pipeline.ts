import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult } from '../aggregation.ts';
import { decimalFormatter } from '../decimal-format.ts';
import { stepsOfPath } from './aggregation-path.ts';
import { bucketValue, type NamedBuckets, numberOrNull } from './bucket-value.ts';
import { normalized } from './normalize.ts';
import type { ParentPipeline, ScriptPipeline, SortPipeline } from './pipeline-aggregation.ts';
import { type AnyBucket, keyText } from './property.ts';
import { reduceError } from './reduce-error.ts';

/** The buckets after a pipeline that stands below them has run over all of them. */
export function pipedBuckets(
  name: string,
  pipeline: ParentPipeline | ScriptPipeline | SortPipeline,
  around: NamedBuckets,
): Steps<readonly AnyBucket[]> {
  switch (pipeline.type) {
    case 'cumulativeSum':
      return cumulativeSums(name, pipeline, around);
    case 'derivative':
      return derivatives(name, pipeline, around);
    case 'serialDiff':
      return serialDifferences(name, pipeline, around);
    case 'normalize':
      return normalizations(name, pipeline, around);
    case 'bucketScript':
      return scripted(name, pipeline, around);
    case 'bucketSelector':
      return selected(pipeline, around);
    case 'bucketSort':
      return sorted(pipeline, around);
  }
}

function bucketsOf({ result }: NamedBuckets): readonly AnyBucket[] {
  return result.buckets;
}

function sortableKey(bucket: AnyBucket): string | number {
  return typeof bucket.key === 'object' ? keyText(bucket) : bucket.key;
}

function withResult(bucket: AnyBucket, name: string, result: AggregationResult): AnyBucket {
  return { ...bucket, aggregations: { ...bucket.aggregations, [name]: result } };
}

function metric(
  of: 'simpleValue' | 'derivative',
  number: number,
  { format, meta }: { readonly format?: string; readonly meta?: unknown },
): AggregationResult & { type: 'metric' } {
  const value = numberOrNull(number);
  return {
    type: 'metric',
    of,
    value,
    ...(format === undefined || value === null ? {} : { valueAsString: decimalFormatter(format)(value) }),
    ...(meta === undefined ? {} : { meta }),
  };
}

function valuesOf({ path, gapPolicy }: ParentPipeline, around: NamedBuckets): Steps<readonly (number | undefined)[]> {
  const steps = stepsOfPath(path);
  return mapInSteps(bucketsOf(around), (bucket) => bucketValue(around, bucket, steps, gapPolicy));
}

function* cumulativeSums(name: string, pipeline: ParentPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const values = yield* valuesOf(pipeline, around);
  let sum = 0;
  return yield* mapInSteps(bucketsOf(around), (bucket, at) => {
    sum += values[at] || 0;
    return withResult(bucket, name, metric('simpleValue', sum, pipeline));
  });
}

function* derivatives(name: string, pipeline: ParentPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const { unitMs } = pipeline;
  const buckets = bucketsOf(around);
  const values = yield* valuesOf(pipeline, around);
  return yield* mapInSteps(buckets, (bucket, at) => {
    const [before, after] = [values[at - 1], values[at]];
    // compat: there is none where the one before cannot be one, such as the derivative of the second bucket's derivative.
    if (before === undefined || after === undefined) return bucket;
    const change = after - before;
    const result = metric('derivative', change, pipeline);
    if (unitMs === undefined) return withResult(bucket, name, result);
    const units = (Number(bucket.key) - Number(buckets[at - 1]!.key)) / unitMs;
    return withResult(bucket, name, { ...result, normalizedValue: numberOrNull(change / units) });
  });
}

function* serialDifferences(name: string, pipeline: ParentPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const { lag = 1 } = pipeline;
  const values = yield* valuesOf(pipeline, around);
  return yield* mapInSteps(bucketsOf(around), (bucket, at) => {
    const difference = (values[at] ?? Number.NaN) - (values[at - lag] ?? Number.NaN);
    return Number.isNaN(difference) ? bucket : withResult(bucket, name, metric('simpleValue', difference, pipeline));
  });
}

function* normalizations(name: string, pipeline: ParentPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const { method = 'rescale_0_1' } = pipeline;
  const values = normalized(
    method,
    (yield* valuesOf(pipeline, around)).map((value) => value ?? Number.NaN),
  );
  return yield* mapInSteps(bucketsOf(around), (bucket, at) =>
    withResult(bucket, name, metric('simpleValue', values[at]!, pipeline)),
  );
}

function scripted(name: string, pipeline: ScriptPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  return mapInSteps(bucketsOf(around), (bucket) => {
    const values = scriptValues(pipeline, around, bucket);
    const result = values && pipeline.evaluate(values);
    if (result === undefined || result === null) return bucket;
    if (typeof result === 'number') return withResult(bucket, name, metric('simpleValue', result, pipeline));
    throw reduceError(`the script of [${name}] gave [${String(result)}], no number`, 'class_cast_exception');
  });
}

function* selected(pipeline: ScriptPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const buckets: AnyBucket[] = [];
  yield* visitInSteps(bucketsOf(around), (bucket) => {
    const values = scriptValues(pipeline, around, bucket);
    const result = values !== undefined && pipeline.evaluate(values);
    if (typeof result !== 'boolean') {
      throw reduceError(`the script of a bucket_selector gave [${String(result)}], no boolean`, 'class_cast_exception');
    }
    if (result) buckets.push(bucket);
  });
  return buckets;
}

/** Undefined where a value is missing, and the policy is to leave the bucket as it is. */
function scriptValues(
  { paths, gapPolicy }: ScriptPipeline,
  around: NamedBuckets,
  bucket: AnyBucket,
): ReadonlyMap<string, number> | undefined {
  const values = new Map<string, number>();
  for (const [name, path] of Object.entries(paths)) {
    const value = bucketValue(around, bucket, stepsOfPath(path), gapPolicy) ?? Number.NaN;
    if (Number.isNaN(value) && gapPolicy === 'skip') return undefined;
    values.set(name, value);
  }
  return values;
}

function* sorted({ order, from, size, gapPolicy }: SortPipeline, around: NamedBuckets): Steps<readonly AnyBucket[]> {
  const buckets = bucketsOf(around);
  const end = size === undefined ? undefined : from + size;
  if (order.length === 0) return buckets.slice(from, end);
  const valueAt = (bucket: AnyBucket, path: string): string | number =>
    path === '_key' ? sortableKey(bucket) : (bucketValue(around, bucket, stepsOfPath(path), gapPolicy) ?? Number.NaN);
  const keyed = yield* mapInSteps(buckets, (bucket) => ({
    bucket,
    values: order.map(({ path }) => valueAt(bucket, path)),
  }));
  const inOrder = yield* sortInSteps(
    keyed.filter(({ values }) => !values.every((value) => Number.isNaN(value))),
    (a, b) => {
      for (const [at, { direction }] of order.entries()) {
        const result = compare(a.values[at]!, b.values[at]!, direction === 'asc' ? 1 : -1);
        if (result !== 0) return result;
      }
      return 0;
    },
  );
  return inOrder.slice(from, end).map(({ bucket }) => bucket);
}

/** What has no value comes last in either direction. */
function compare(a: string | number, b: string | number, sign: number): number {
  const [lacksA, lacksB] = [Number.isNaN(a), Number.isNaN(b)];
  if (lacksA || lacksB) return Number(lacksA) - Number(lacksB);
  return a === b ? 0 : a < b ? -sign : sign;
}
