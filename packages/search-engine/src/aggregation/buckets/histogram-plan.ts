import type { BucketOrder } from '../bucket-order.ts';
import type { FieldSource } from '../field-source.ts';
import type { Intervals } from './intervals.ts';

/** What the two histograms have in common, resolved. */
export interface HistogramPlan {
  readonly of: 'histogram' | 'dateHistogram';
  readonly source: FieldSource;
  readonly intervals: Intervals;
  readonly minDocCount: number;
  readonly order: readonly BucketOrder[];
  /** That one document may be in. */
  readonly maxBuckets: number;
  readonly keyed: boolean;
  readonly meta: unknown;
}
