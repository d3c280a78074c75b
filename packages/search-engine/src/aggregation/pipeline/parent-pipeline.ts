import type { AggregationResult, Bucket } from '../aggregation.ts';
import { decimalFormatter } from '../decimal-format.ts';
import { bucketValue, numberOrNull } from './bucket-value.ts';
import type { ParentPipeline, ScriptPipeline, SortPipeline } from './pipeline-aggregation.ts';

/** The buckets after a pipeline that stands below them has run over all of them. */
export function pipedBuckets(
  name: string,
  pipeline: ParentPipeline | ScriptPipeline | SortPipeline,
  buckets: readonly Bucket[],
): readonly Bucket[] {
  switch (pipeline.type) {
    case 'cumulativeSum':
      return cumulativeSums(name, pipeline, buckets);
    case 'derivative':
      return derivatives(name, pipeline, buckets);
    case 'bucketScript':
      return scripted(name, pipeline, buckets);
    case 'bucketSelector':
      return buckets.filter((bucket) => pipeline.evaluate(valuesOf(pipeline, bucket)) === true);
    case 'bucketSort':
      return sorted(pipeline, buckets);
  }
}

function withResult(bucket: Bucket, name: string, result: AggregationResult): Bucket {
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

function cumulativeSums(name: string, pipeline: ParentPipeline, buckets: readonly Bucket[]): readonly Bucket[] {
  let sum = 0;
  return buckets.map((bucket) => {
    const value = bucketValue(bucket, pipeline.path, pipeline.gapPolicy);
    if (Number.isFinite(value)) sum += value;
    return withResult(bucket, name, metric('simpleValue', sum, pipeline));
  });
}

function derivatives(name: string, pipeline: ParentPipeline, buckets: readonly Bucket[]): readonly Bucket[] {
  const { path, gapPolicy, unitMs } = pipeline;
  return buckets.map((bucket, at) => {
    const before = buckets[at - 1];
    // compat: there is none where the one before cannot be one, such as the derivative of the second bucket's derivative.
    if (before === undefined || isWithout(bucket, path) || isWithout(before, path)) return bucket;
    const change = bucketValue(bucket, path, gapPolicy) - bucketValue(before, path, gapPolicy);
    const result = metric('derivative', change, pipeline);
    if (unitMs === undefined) return withResult(bucket, name, result);
    const units = (Number(bucket.key) - Number(before.key)) / unitMs;
    return withResult(bucket, name, { ...result, normalizedValue: numberOrNull(change / units) });
  });
}

/** Whether the bucket lacks the aggregation itself, and not only its value. */
function isWithout(bucket: Bucket, path: string): boolean {
  const [name = ''] = path.split(/[>.[]/);
  return !name.startsWith('_') && bucket.aggregations[name] === undefined;
}

function scripted(name: string, pipeline: ScriptPipeline, buckets: readonly Bucket[]): readonly Bucket[] {
  return buckets.map((bucket) => {
    const values = valuesOf(pipeline, bucket);
    if ([...values.values()].some(Number.isNaN)) return bucket;
    return withResult(bucket, name, metric('simpleValue', Number(pipeline.evaluate(values)), pipeline));
  });
}

function valuesOf({ paths, gapPolicy }: ScriptPipeline, bucket: Bucket): ReadonlyMap<string, number> {
  return new Map(Object.entries(paths).map(([name, path]) => [name, bucketValue(bucket, path, gapPolicy)]));
}

function sorted({ order, from, size, gapPolicy }: SortPipeline, buckets: readonly Bucket[]): readonly Bucket[] {
  const end = size === undefined ? undefined : from + size;
  if (order.length === 0) return buckets.slice(from, end);
  const keyed = buckets.map((bucket) => ({
    bucket,
    values: order.map(({ path }) => (path === '_key' ? bucket.key : bucketValue(bucket, path, gapPolicy))),
  }));
  return keyed
    .filter(({ values }) => !values.every((value) => Number.isNaN(value)))
    .sort((a, b) => {
      for (const [at, { direction }] of order.entries()) {
        const result = compare(a.values[at]!, b.values[at]!, direction === 'asc' ? 1 : -1);
        if (result !== 0) return result;
      }
      return 0;
    })
    .slice(from, end)
    .map(({ bucket }) => bucket);
}

/** What has no value comes last in either direction. */
function compare(a: string | number, b: string | number, sign: number): number {
  const [lacksA, lacksB] = [Number.isNaN(a), Number.isNaN(b)];
  if (lacksA || lacksB) return Number(lacksA) - Number(lacksB);
  return a === b ? 0 : a < b ? -sign : sign;
}
