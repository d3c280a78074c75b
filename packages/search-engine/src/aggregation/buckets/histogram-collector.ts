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
  }

  /** Writes each document's own bucket over the one above, then hands the batch on; documents that count twice or not at all are left out. */
  #count({ values, offsets, buckets, count, chunk }: NumberBatch): void {
    const { low, high } = this.#intervals;
    const { table } = this;
    let start = this.#start;
    let end = this.#end;
    let size = 0;
    let lastOffset = -1;
    let lastParent = -1;
    let lastKey = Number.NaN;
    let bucket = -1;
    let docs = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (value < low || value > high) continue;
      if (!(value >= start && value < end)) {
        start = this.#intervals.start(value);
        end = this.#intervals.next(start);
      }
      const offset = offsets[i]!;
      const parent = buckets[i]!;
      if (start !== lastKey || parent !== lastParent) {
        if (docs > 0) table.count(bucket, docs);
        docs = 0;
        bucket = table.bucket(parent, start);
        // Several values of a document within one interval count once; they stand together.
      } else if (offset === lastOffset) continue;
      lastKey = start;
      lastParent = parent;
      lastOffset = offset;
      docs++;
      offsets[size] = offset;
      buckets[size++] = bucket;
    }
    if (docs > 0) table.count(bucket, docs);
    this.#start = start;
    this.#end = end;
    this.feed.forward({ chunk, offsets, buckets, count: size });
  }
}
