import type { Bucket } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import { stepsOf, valueAt } from '../value-at.ts';
import type { GapPolicy } from './pipeline-aggregation.ts';

/** The number at a path of a bucket: `_count`, `_key`, or a metric below it. NaN where there is none, unless the policy says 0. */
export function bucketValue(bucket: Bucket, path: string, gapPolicy: GapPolicy): number {
  if (path === '_count') return bucket.docCount;
  if (path === '_key') return Number(bucket.key);
  const [name = '', ...rest] = stepsOf(path);
  const result = bucket.aggregations[name];
  // A derivative leaves the first bucket without one.
  const value = result === undefined || bucket.docCount === 0 ? Number.NaN : valueAt(result, rest, path);
  if (Number.isFinite(value)) return value;
  return gapPolicy === 'insertZeros' ? 0 : Number.NaN;
}

/** A number as a result has it: null where there is none. */
export function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A path whose first name stands for nothing at its level. */
export function missingPath(path: string): Error {
  return aggregationError(
    `Validation Failed: 1: No aggregation found for path [${path}];`,
    'action_request_validation_exception',
  );
}
