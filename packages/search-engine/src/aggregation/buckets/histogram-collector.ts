import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import { type BatchBuffers, borrowBuffers, returnBuffers } from '../batch-buffers.ts';
import type { DocBatch } from '../doc-batch.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';
import { BucketTable } from './bucket-table.ts';
import type { Intervals } from './intervals.ts';

/** From this many documents on, a run is copied as a whole. */
const LONG_RUN = 64;

/** Counts the documents of each interval. */
export class HistogramCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly table: BucketTable = new BucketTable();
  readonly #intervals: Intervals;
  readonly #gatherer: NumberGatherer;
  readonly #docValues: NumericDocValues | undefined;
  readonly #hasMissing: boolean;
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
    this.#docValues = docValues;
    this.#hasMissing = missing !== undefined;
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#count(batch));
  }

  collect(batch: DocBatch): void {
    const chunk = this.#docValues?.chunk(batch.chunk);
    if (chunk?.single === true && !this.#hasMissing) this.#countSingle(batch, chunk.values);
    else this.#gatherer.gather(batch);
  }

  /** As {@link #count}, of at most one value for each document, which is read where it stands. */
  #countSingle({ chunk, offsets, buckets, count }: DocBatch, values: Float64Array): void {
    const { low, high } = this.#intervals;
    const { table } = this;
    const buffers = this.feed.isEmpty ? undefined : borrowBuffers();
    let size = 0;
    let highestBucket = 0;
    let start = this.#start;
    let next = this.#end;
    for (let first = 0; first < count; ) {
      const value = values[offsets[first]!]!;
      if (!(value >= low && value <= high)) {
        first++;
        continue;
      }
      if (!(value >= start && value < next)) {
        start = this.#intervals.start(value);
        next = this.#intervals.next(start);
      }
      const to = next > high ? Number.NEGATIVE_INFINITY : next;
      const end = runEnd(values, { offsets, buckets, count }, first, Math.max(start, low), to);
      const bucket = table.bucket(buckets[first]!, start);
      table.count(bucket, end - first);
      if (bucket > highestBucket) highestBucket = bucket;
      if (buffers !== undefined) size = copyRun(offsets, first, end, bucket, buffers, size);
      first = end;
    }
    this.#start = start;
    this.#end = next;
    if (buffers === undefined) return;
    this.feed.forward({ chunk, offsets: buffers.offsets, buckets: buffers.buckets, count: size, highestBucket });
    returnBuffers(buffers);
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

/** Where the run ends that begins with the document at `first`: of values from `from` to before `to`, in one bucket above. */
function runEnd(
  values: Float64Array,
  { offsets, buckets, count }: { offsets: Uint16Array; buckets: Uint32Array; count: number },
  first: number,
  from: number,
  to: number,
): number {
  const parent = buckets[first]!;
  let end = first + 1;
  while (end < count && buckets[end] === parent) {
    const value = values[offsets[end]!]!;
    if (!(value >= from && value < to)) break;
    end++;
  }
  return end;
}

/** Appends a run with its own bucket to the batch in the buffers; returns the batch's size. */
function copyRun(
  offsets: Uint16Array,
  first: number,
  end: number,
  bucket: number,
  to: BatchBuffers,
  size: number,
): number {
  const after = size + end - first;
  if (end - first > LONG_RUN) {
    to.offsets.set(offsets.subarray(first, end), size);
    to.buckets.fill(bucket, size, after);
  } else {
    for (let i = first, at = size; i < end; i++, at++) {
      to.offsets[at] = offsets[i]!;
      to.buckets[at] = bucket;
    }
  }
  return after;
}
