import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult, Bucket } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { numericValues, rangeValues } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import type { SubAggregators } from '../sub-aggregations.ts';
import { subResults } from '../sub-aggregations.ts';
import type { BucketEntry } from './entry.ts';
import { HistogramCollector } from './histogram-collector.ts';
import type { HistogramPlan } from './histogram-plan.ts';
import { bucketComparison } from './order.ts';
import { type IntervalCollector, RangeHistogramCollector } from './range-histogram-collector.ts';

/** A bucket for each interval; with a minimum of no documents also for those between the first and the last. */
export class HistogramAggregator implements Aggregator<IntervalCollector> {
  readonly #plan: HistogramPlan;
  readonly #below: SubAggregators;
  readonly #compare: (a: BucketEntry, b: BucketEntry) => number;

  constructor(plan: HistogramPlan, below: SubAggregators) {
    this.#plan = plan;
    this.#below = below;
    this.#compare = bucketComparison(plan.order, below);
  }

  collector(index: AggregatedIndex): IntervalCollector {
    const { source, intervals } = this.#plan;
    const ranges = rangeValues(source, index);
    if (ranges !== undefined) return new RangeHistogramCollector(ranges, this.#plan, this.#below, index);
    const missing = source.missing === undefined ? undefined : Number(source.missing);
    return new HistogramCollector(numericValues(source, index), missing, intervals, this.#below, index);
  }

  *result(parts: readonly Part<IntervalCollector>[], results: ResultBuilder): Steps<AggregationResult> {
    const { of, source, keyed, meta, minDocCount } = this.#plan;
    const entries = new Map<number, BucketEntry<number>>();
    for (const { collector, bucket } of parts) {
      yield* visitInSteps(collector.table.below(bucket), ([key, own]) => {
        const entry = entries.get(key) ?? { key, docCount: 0, parts: [] };
        entries.set(key, entry);
        entry.docCount += collector.table.docCount(own);
        entry.parts.push({ collector, bucket: own });
      });
    }
    let shown = yield* sortInSteps(entries.values(), (a, b) => a.key - b.key);
    if (minDocCount === 0) shown = yield* mapInSteps(this.#filled(shown, entries, results), (entry) => entry);
    else {
      shown = shown.filter((entry) => entry.docCount >= minDocCount);
      results.addBuckets(shown.length);
    }
    // Already in the order of keys, which is the usual one.
    shown = yield* sortInSteps(shown, this.#compare);
    return {
      type: 'buckets',
      of,
      kind: source.kind,
      keyed,
      buckets: yield* mapInSteps(shown, (entry) => this.#bucket(entry, results)),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  /** The entries with an empty one for each interval between them. */
  *#filled(
    sorted: readonly BucketEntry<number>[],
    entries: ReadonlyMap<number, BucketEntry<number>>,
    results: ResultBuilder,
  ): Iterable<BucketEntry<number>> {
    const { intervals } = this.#plan;
    const first = Math.min(sorted[0]?.key ?? Number.POSITIVE_INFINITY, intervals.shownFrom ?? Number.POSITIVE_INFINITY);
    const last = Math.max(
      sorted[sorted.length - 1]?.key ?? Number.NEGATIVE_INFINITY,
      intervals.shownTo ?? Number.NEGATIVE_INFINITY,
    );
    if (!Number.isFinite(first) || !Number.isFinite(last)) return;
    for (let key = first; key <= last; ) {
      results.addBuckets(1);
      yield entries.get(key) ?? { key, docCount: 0, parts: [] };
      const next = intervals.next(key);
      // Beyond the precision of doubles an interval may add nothing.
      if (!(next > key)) break;
      key = next;
    }
  }

  #bucket(entry: BucketEntry<number>, results: ResultBuilder): Bucket {
    const { key, docCount } = entry;
    const shown = this.#plan.source.formatter?.(key);
    const aggregations = subResults(this.#below, entry.parts, results);
    return shown === undefined ? { key, docCount, aggregations } : { key, keyAsString: shown, docCount, aggregations };
  }
}
