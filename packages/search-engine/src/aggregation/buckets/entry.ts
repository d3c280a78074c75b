import type { Part } from '../aggregator.ts';
import type { BucketCollector } from '../sub-aggregations.ts';

/** A bucket on its way to the result: what all indices know of one key. */
export interface BucketEntry<K extends string | number = string | number> {
  readonly key: K;
  docCount: number;
  readonly parts: Part<BucketCollector>[];
  /** The numbers by which buckets are ordered, each once it was asked for: by the place of its order in the request. */
  orderValues?: (number | undefined)[];
}
