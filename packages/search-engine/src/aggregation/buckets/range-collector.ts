import type { AggregatedIndex } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { grownCounters } from '../growable.ts';
import { highestBucketOf } from '../root-batch.ts';
import type { SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { FixedBucketsCollector } from './fixed-buckets.ts';

/** Counts a batch that has values beside its documents; `rangesOf` gives the ranges of the value at a place. */
export type CountRanges = (batch: DocBatch, rangesOf: (at: number) => readonly number[]) => void;

/** A bucket for each of several ranges, which may overlap. */
export class RangeCollector implements FixedBucketsCollector {
  readonly feed: SubFeed;
  readonly bucketsPerParent: number;
  readonly #gatherer: { gather(batch: DocBatch): void };
  #docCounts: Uint32Array = new Uint32Array(0);

  /** `makeGatherer` is given what its batches are counted with. */
  constructor(
    ranges: number,
    makeGatherer: (count: CountRanges) => { gather(batch: DocBatch): void },
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.bucketsPerParent = ranges;
    this.#gatherer = makeGatherer((batch, rangesOf) => this.#count(batch, rangesOf));
  }

  docCount(bucket: number): number {
    return this.#docCounts[bucket] ?? 0;
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
    this.feed.flush();
  }

  #count(batch: DocBatch, rangesOf: (at: number) => readonly number[]): void {
    const { offsets, buckets, count, chunk } = batch;
    const { feed, bucketsPerParent } = this;
    this.#docCounts = grownCounters(this.#docCounts, (highestBucketOf(batch) + 1) * bucketsPerParent - 1);
    const docCounts = this.#docCounts;
    // The last document that fell into each range: several values of one count once.
    const lastSeen = new Int32Array(bucketsPerParent).fill(-1);
    let first = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0 && (offsets[i] !== offsets[i - 1] || buckets[i] !== buckets[i - 1])) first = i;
      const ranges = rangesOf(i);
      for (let each = 0; each < ranges.length; each++) {
        const range = ranges[each]!;
        if (lastSeen[range]! >= first) continue;
        lastSeen[range] = i;
        const bucket = buckets[i]! * bucketsPerParent + range;
        docCounts[bucket]!++;
        if (!feed.isEmpty) feed.push(chunk, offsets[i]!, bucket);
      }
    }
  }
}
