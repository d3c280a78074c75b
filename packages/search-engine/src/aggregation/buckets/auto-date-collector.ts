import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { type BucketCollector, type SubAggregators, SubFeed } from '../sub-aggregations.ts';
import { type NumberBatch, NumberGatherer } from '../value-batch.ts';
import { type AutoInterval, mostBuckets } from './auto-intervals.ts';

/** What is known of one interval. */
interface Interval {
  docCount: number;
  /** The buckets that documents were given while its parts were intervals of their own. */
  readonly buckets: number[];
}

/** The intervals below one bucket above. */
interface Intervals {
  /** The unit: its place among those that may be chosen. */
  at: number;
  keys: Map<number, Interval>;
  least: number;
  greatest: number;
}

/** Counts the documents of each interval; where the intervals become too many they are brought together in a greater unit. */
export class AutoDateCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly #intervals: readonly AutoInterval[];
  readonly #wanted: number;
  readonly #gatherer: NumberGatherer;
  readonly #below = new Map<number, Intervals>();
  #size = 0;

  constructor(
    docValues: NumericDocValues | undefined,
    missing: number | undefined,
    intervals: readonly AutoInterval[],
    wanted: number,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#intervals = intervals;
    this.#wanted = wanted;
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#count(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  /** The unit of the intervals below a bucket above, and the intervals by their starts. */
  buckets(bucket: number): { readonly at: number; readonly keys: ReadonlyMap<number, Interval> } {
    return this.#below.get(bucket) ?? { at: 0, keys: new Map() };
  }

  /** Writes each document's own bucket over the one above, then hands the batch on. */
  #count({ values, offsets, buckets, count, chunk }: NumberBatch): void {
    let size = 0;
    let lastOffset = -1;
    let lastParent = -1;
    let lastKey = Number.NaN;
    for (let i = 0; i < count; i++) {
      const parent = buckets[i]!;
      const offset = offsets[i]!;
      const below = this.#belowOf(parent, values[i]!);
      const key = this.#intervals[below.at]!.rounding.start(values[i]!);
      // Several values of one document in an interval count once; they stand together.
      // compat: not so where the value before made the intervals greater.
      if (key === lastKey && offset === lastOffset && parent === lastParent) continue;
      const interval = below.keys.get(key) ?? this.#added(below, key, values[i]!);
      lastKey = key;
      lastOffset = offset;
      lastParent = parent;
      interval.docCount++;
      offsets[size] = offset;
      buckets[size++] = interval.buckets[0]!;
    }
    this.feed.forward({ chunk, offsets, buckets, count: size });
  }

  #belowOf(parent: number, value: number): Intervals {
    let below = this.#below.get(parent);
    if (below === undefined) {
      below = { at: 0, keys: new Map(), least: value, greatest: value };
      this.#below.set(parent, below);
    }
    return below;
  }

  /** The interval of a value whose key is new. */
  #added(below: Intervals, key: number, value: number): Interval {
    below.keys.set(key, { docCount: 0, buckets: [this.#size++] });
    below.least = Math.min(below.least, key);
    below.greatest = Math.max(below.greatest, key);
    while (below.at < this.#intervals.length - 1 && this.#isTooFine(below)) this.#coarsen(below);
    return below.keys.get(this.#intervals[below.at]!.rounding.start(value))!;
  }

  /** Also where the buckets between would be too many. */
  #isTooFine({ at, keys, least, greatest }: Intervals): boolean {
    const interval = this.#intervals[at]!;
    const most = mostBuckets(interval, this.#wanted);
    return keys.size > most || greatest - least > most * interval.roughMs;
  }

  #coarsen(below: Intervals): void {
    below.at++;
    const { rounding } = this.#intervals[below.at]!;
    const coarser = new Map<number, Interval>();
    for (const [key, { docCount, buckets }] of below.keys) {
      const start = rounding.start(key);
      const known = coarser.get(start);
      if (known === undefined) coarser.set(start, { docCount, buckets });
      else {
        known.docCount += docCount;
        known.buckets.push(...buckets);
      }
    }
    below.keys = coarser;
  }
}
