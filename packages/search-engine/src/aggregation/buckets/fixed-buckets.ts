import type { Part } from '../aggregator.ts';
import type { BucketCollector } from '../sub-aggregations.ts';

/** A collector with the same buckets below each bucket above: their numbers are `bucket above * bucketsPerParent + place`. */
export interface FixedBucketsCollector extends BucketCollector {
  readonly bucketsPerParent: number;
  docCount(bucket: number): number;
}

/** The parts of the bucket at a place, below a bucket that has these parts. */
export function partsAt(
  parts: readonly Part<FixedBucketsCollector>[],
  place: number,
): readonly Part<FixedBucketsCollector>[] {
  return parts.map(({ collector, bucket }) => ({ collector, bucket: bucket * collector.bucketsPerParent + place }));
}

/** The documents of a bucket that has these parts. */
export function docCountOf(parts: readonly Part<FixedBucketsCollector>[]): number {
  return parts.reduce((sum, { collector, bucket }) => sum + collector.docCount(bucket), 0);
}
