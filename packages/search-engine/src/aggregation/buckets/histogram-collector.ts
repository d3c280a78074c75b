import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { AggregatedIndex, DocBatch } from '../aggregator.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';
import { BucketTable } from './bucket-table.ts';
import type { Intervals } from './intervals.ts';

/** Counts the documents of each interval. */
export class HistogramCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly table: BucketTable = new BucketTable();
  readonly #intervals: Intervals;
  readonly #gatherer: NumberGatherer;
  /** The interval of the value before: values come nearly in order, so most fall into it too. */
  #start = Number.NaN;
  #end = Number.NaN;

  constructor(
    docValues: NumericDocValues | undefined,
    missing: number | undefined,
    intervals: Intervals,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#intervals = intervals;
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#count(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
    this.feed.flush();
  }

  #count({ values, offsets, buckets, count, chunk }: NumberBatch): void {
    const { low, high } = this.#intervals;
    let lastKey = Number.NaN;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (value < low || value > high) continue;
      const key = this.#keyOf(value);
      // Several values of a document within one interval count once; they stand together.
      if (key === lastKey && i > 0 && offsets[i] === offsets[i - 1] && buckets[i] === buckets[i - 1]) continue;
      lastKey = key;
      const bucket = this.table.bucket(buckets[i]!, key);
      this.table.count(bucket);
      this.feed.push(chunk, offsets[i]!, bucket);
    }
  }

  #keyOf(value: number): number {
    if (value >= this.#start && value < this.#end) return this.#start;
    this.#start = this.#intervals.start(value);
    this.#end = this.#intervals.next(this.#start);
    return this.#start;
  }
}
