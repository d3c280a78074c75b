import type { AggregationResult, Bucket, BucketOrder } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource } from '../field-source.ts';
import { numericValues } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import type { SubAggregators } from '../sub-aggregations.ts';
import { subResults } from '../sub-aggregations.ts';
import type { BucketEntry } from './entry.ts';
import { HistogramCollector } from './histogram-collector.ts';
import type { Intervals } from './intervals.ts';
import { bucketComparison } from './order.ts';

/** What the two histograms have in common, resolved. */
export interface HistogramPlan {
  readonly of: 'histogram' | 'dateHistogram';
  readonly source: FieldSource;
  readonly intervals: Intervals;
  readonly minDocCount: number;
  readonly order: readonly BucketOrder[];
  readonly keyed: boolean;
  readonly meta: unknown;
}

/** A bucket for each interval; with a minimum of no documents also for those between the first and the last. */
export class HistogramAggregator implements Aggregator<HistogramCollector> {
  readonly #plan: HistogramPlan;
  readonly #below: SubAggregators;
  readonly #compare: (a: BucketEntry, b: BucketEntry) => number;

  constructor(plan: HistogramPlan, below: SubAggregators) {
    this.#plan = plan;
    this.#below = below;
    this.#compare = bucketComparison(plan.order, below);
  }

  collector(index: AggregatedIndex): HistogramCollector {
    const { source, intervals } = this.#plan;
    const missing = source.missing === undefined ? undefined : Number(source.missing);
    return new HistogramCollector(numericValues(source, index), missing, intervals, this.#below, index);
  }

  result(parts: readonly Part<HistogramCollector>[], results: ResultBuilder): AggregationResult {
    const { of, source, keyed, meta, minDocCount } = this.#plan;
    const entries = new Map<number, BucketEntry<number>>();
    for (const { collector, bucket } of parts) {
      for (const [key, own] of collector.table.below(bucket)) {
        const entry = entries.get(key) ?? { key, docCount: 0, parts: [] };
        entries.set(key, entry);
        entry.docCount += collector.table.docCount(own);
        entry.parts.push({ collector, bucket: own });
      }
    }
    let shown = [...entries.values()].sort((a, b) => a.key - b.key);
    if (minDocCount === 0) shown = this.#filled(shown, entries, results);
    else {
      shown = shown.filter((entry) => entry.docCount >= minDocCount);
      results.addBuckets(shown.length);
    }
    // Already in the order of keys, which is the usual one.
    shown.sort(this.#compare);
    return {
      type: 'buckets',
      of,
      kind: source.kind,
      keyed,
      buckets: shown.map((entry) => this.#bucket(entry, results)),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  /** The entries with an empty one for each interval between them. */
  #filled(
    sorted: readonly BucketEntry<number>[],
    entries: ReadonlyMap<number, BucketEntry<number>>,
    results: ResultBuilder,
  ): BucketEntry<number>[] {
    const { intervals } = this.#plan;
    const first = Math.min(sorted[0]?.key ?? Number.POSITIVE_INFINITY, intervals.shownFrom ?? Number.POSITIVE_INFINITY);
    const last = Math.max(
      sorted[sorted.length - 1]?.key ?? Number.NEGATIVE_INFINITY,
      intervals.shownTo ?? Number.NEGATIVE_INFINITY,
    );
    const filled: BucketEntry<number>[] = [];
    if (!Number.isFinite(first) || !Number.isFinite(last)) return filled;
    for (let key = first; key <= last; ) {
      results.addBuckets(1);
      filled.push(entries.get(key) ?? { key, docCount: 0, parts: [] });
      const next = intervals.next(key);
      // Beyond the precision of doubles an interval may add nothing.
      if (!(next > key)) break;
      key = next;
    }
    return filled;
  }

  #bucket(entry: BucketEntry<number>, results: ResultBuilder): Bucket {
    const shown = this.#plan.source.formatter?.(entry.key);
    return {
      key: entry.key,
      ...(shown === undefined ? {} : { keyAsString: shown }),
      docCount: entry.docCount,
      aggregations: subResults(this.#below, entry.parts, results),
    };
  }
}
