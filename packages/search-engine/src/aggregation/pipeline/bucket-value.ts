import type { AggregationResult } from '../aggregation.ts';
import type { GapPolicy } from './pipeline-aggregation.ts';
import { type AnyBucket, bucketProperty } from './property.ts';
import { reduceError } from './reduce-error.ts';

/** The aggregation around a pipeline's buckets, by its name in the request. */
export interface NamedBuckets {
  readonly name: string;
  readonly result: AggregationResult & { readonly type: 'buckets' | 'composite' };
}

const WANTED = 'buckets_path must reference either a number value or a single value numeric metric aggregation';

/**
 * The number at a path of a bucket: NaN where there is none, unless the policy says 0; undefined where the bucket lacks the aggregation or the
 * key. Throws where there is something that is no number.
 */
export function bucketValue(
  { name, result }: NamedBuckets,
  bucket: AnyBucket,
  steps: readonly string[],
  gapPolicy: GapPolicy,
): number | undefined {
  const property = bucketProperty(bucket, result.type === 'buckets' ? result.kind : 'string', steps);
  if (typeof property === 'object') {
    const [at = name] = steps;
    throw reduceError(
      property.hasSeveralValues
        ? `${WANTED}, but [${at}] contains multiple values. Please specify which to use.`
        : `${WANTED}, got: [${property.named}] at aggregation [${at}]`,
    );
  }
  // A count is never missing.
  const isCount = steps.length === 1 && steps[0] === '_count';
  if (property === undefined || isCount) return property;
  if (Number.isFinite(property) && bucket.docCount > 0) return property;
  return gapPolicy === 'insertZeros' ? 0 : Number.NaN;
}

/** A number as a result has it: null where there is none. */
export function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
