import { DaybookError } from '@daybook/errors';
import type { BucketLimit } from './aggregator.ts';

/** A request that an aggregation cannot serve; `reason` is the wire's error type. */
export function aggregationError(
  message: string,
  reason:
    | 'illegal_argument_exception'
    | 'aggregation_execution_exception'
    | 'number_format_exception'
    | 'unsupported_aggregation'
    | 'action_request_validation_exception' = 'illegal_argument_exception',
): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason } });
}

/** Elasticsearch's default of `search.max_buckets`. */
export const MAX_BUCKETS = 65_535;

/** A fresh count for one answer. */
export function bucketLimit(maxBuckets: number = MAX_BUCKETS): BucketLimit {
  let count = 0;
  return {
    add(buckets) {
      count += buckets;
      if (count <= maxBuckets) return;
      throw new DaybookError(
        'limit-exceeded',
        `Trying to create too many buckets. Must be less than or equal to: [${maxBuckets}] but was [${maxBuckets + 1}]. ` +
          'This limit can be set by changing the [search.max_buckets] cluster level setting.',
        { detail: { reason: 'too_many_buckets_exception', maxBuckets } },
      );
    },
  };
}
