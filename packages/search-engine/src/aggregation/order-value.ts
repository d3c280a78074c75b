import type { AggregationResult } from './aggregation.ts';
import { aggregationError } from './aggregation-error.ts';
import { statisticNamed } from './metrics/extended-statistics.ts';
import type { PathElement } from './pipeline/aggregation-path.ts';

/**
 * The number by which buckets are ordered: at a path that begins with the name of this result; NaN where it has none. Throws `invalid-argument` for
 * a path that leads to no number, also when the result is that of an empty bucket.
 */
export function orderValueAt(result: AggregationResult, steps: readonly PathElement[], path: string): number {
  const [{ name, key } = { name: '' }, next, ...rest] = steps;
  if (next !== undefined) {
    if (result.type !== 'single') throw invalidOrder(path, `${ONLY_METRICS} [${name}] is not single-bucket.`);
    const below = result.aggregations[next.name];
    if (below === undefined) throw unknownAggregation(next, path);
    return orderValueAt(below, [next, ...rest], path);
  }
  switch (result.type) {
    case 'metric':
      if (key === undefined || key === 'value') return result.value ?? valueOfNone(result.of);
      throw invalidOrder(
        path,
        `Ordering on a single-value metrics aggregation can only be done on its value. Either drop the key (a la "${name}") or change it ` +
          `to "value" (a la "${name}.value")`,
      );
    case 'single':
      if (key === undefined || key === 'doc_count') return result.docCount;
      throw invalidOrder(
        path,
        `Ordering on a single-bucket aggregation can only be done on its doc_count. Either drop the key (a la "${name}") or change it to ` +
          `"doc_count" (a la "${name}.doc_count") or "key".`,
      );
    case 'stats':
    case 'percentiles': {
      if (key === undefined) {
        throw invalidOrder(path, 'When ordering on a multi-value metrics aggregation a metric name must be specified.');
      }
      const value = result.type === 'stats' ? statisticNamed(result, key) : percentile(result, key, path);
      if (value !== undefined) return value ?? valueOfNone(key);
      throw invalidOrder(path, `Unknown metric name [${key}] on multi-value metrics aggregation [${name}]`);
    }
    case 'buckets':
    case 'composite':
    case 'topHits':
      throw invalidOrder(path, ONLY_METRICS);
  }
}

/** compat: the greatest of no values is before every other, and the least behind; anything else is none. */
function valueOfNone(metric: string): number {
  if (metric === 'max') return Number.NEGATIVE_INFINITY;
  return metric === 'min' ? Number.POSITIVE_INFINITY : Number.NaN;
}

const ONLY_METRICS =
  'Buckets can only be sorted on a sub-aggregator path that is built out of zero or more single-bucket aggregations within the path and a final ' +
  'single-bucket or a metrics aggregation at the path end.';

/** compat: only a percentile that is answered. */
function percentile(
  { percents, values }: AggregationResult & { type: 'percentiles' },
  key: string,
  path: string,
): number | null | undefined {
  const percent = key.trim() === '' ? Number.NaN : Number(key);
  if (Number.isNaN(percent)) throw invalidOrder(path, `For input string: "${key}"`);
  const at = percents.indexOf(percent);
  return at < 0 ? undefined : (values?.[at] ?? null);
}

/** The complaint about a name that stands for nothing. */
export function unknownAggregation({ name, key }: PathElement, path: string): Error {
  const token = key === undefined ? name : `${name}.${key}`;
  return invalidOrder(
    path,
    `The provided aggregation [${token}] either does not exist, or is a pipeline aggregation and cannot be used to sort the buckets.`,
  );
}

function invalidOrder(path: string, why: string): Error {
  return aggregationError(`Invalid aggregation order path [${path}]. ${why}`, 'aggregation_execution_exception');
}
