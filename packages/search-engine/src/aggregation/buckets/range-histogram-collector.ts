import type { RangeDocValues } from '../../columns/doc-values.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { checkBuckets } from '../result-builder.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import { BucketTable } from './bucket-table.ts';
import type { HistogramPlan } from './histogram-plan.ts';
import type { Intervals } from './intervals.ts';

/** A collector of a histogram: its keys are where intervals begin. */
export interface IntervalCollector extends BucketCollector {
  readonly table: BucketTable;
}

/** The last instant that has a calendar: there are more years before it than a search may have buckets. */
const MAX_INSTANT_MS = 8.64e15;

/** Counts the documents with ranges in each interval that they meet. */
export class RangeHistogramCollector implements IntervalCollector {
  readonly feed: SubFeed;
  readonly table: BucketTable = new BucketTable();
  readonly #docValues: RangeDocValues;
  readonly #numberAt: (words: Uint32Array, at: number) => number;
  readonly #intervals: Intervals;
  readonly #maxBuckets: number;
  readonly #isOfDates: boolean;

  /** The plan's source has ranges of numbers. */
  constructor(
    docValues: RangeDocValues,
    { source, intervals, maxBuckets }: HistogramPlan,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#docValues = docValues;
    this.#numberAt = source.type!.range!.kind.numberAt!;
    this.#intervals = intervals;
    this.#maxBuckets = maxBuckets;
    this.#isOfDates = source.kind === 'date';
  }

  collect({ chunk: index, offsets, buckets, count }: DocBatch): void {
    const chunk = this.#docValues.chunk(index);
    if (chunk === undefined) return;
    const { starts, counts, words } = chunk;
    for (let i = 0; i < count; i++) {
      const start = starts[offsets[i]!]!;
      const keys = this.#keys(words, start, start + counts[offsets[i]!]!);
      for (const key of keys) {
        const bucket = this.table.bucket(buckets[i]!, key);
        this.table.count(bucket);
        this.feed.push(index, offsets[i]!, bucket);
      }
    }
    this.feed.flush();
  }

  /** The intervals that the ranges between two words meet, ascending. */
  #keys(words: Uint32Array, from: number, to: number): readonly number[] {
    const { keyWords } = this.#docValues;
    const { cutFrom = Number.NEGATIVE_INFINITY, cutTo = Number.POSITIVE_INFINITY, start, next } = this.#intervals;
    const keys: number[] = [];
    for (let at = from; at < to; at += 2 * keyWords) {
      const lowest = Math.max(this.#numberAt(words, at), cutFrom);
      const highest = Math.min(this.#numberAt(words, at + keyWords), cutTo);
      if (this.#isOfDates && (lowest < -MAX_INSTANT_MS || highest > MAX_INSTANT_MS))
        this.#check(Number.POSITIVE_INFINITY);
      const first = start(lowest);
      const last = start(highest);
      const seen = keys.at(-1);
      for (let key = seen !== undefined && seen >= first ? next(seen) : first; !(key > last); ) {
        keys.push(key);
        const following = next(key);
        // Beyond the precision of doubles an interval may add nothing.
        this.#check(following > key ? keys.length : Number.POSITIVE_INFINITY);
        key = following;
      }
    }
    return keys;
  }

  #check(buckets: number): void {
    if (buckets > this.#maxBuckets) checkBuckets(buckets, this.#maxBuckets, this.#maxBuckets + 1);
  }
}
