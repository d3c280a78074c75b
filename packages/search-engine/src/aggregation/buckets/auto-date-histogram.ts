import { parseTimeZone, UTC } from '../../dates/time-zone.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult, AutoDateHistogramAggregation, Bucket } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { type FieldSource, numericValues, type PlanContext, resolveField } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import { type SubAggregators, subResults } from '../sub-aggregations.ts';
import { AutoDateCollector } from './auto-date-collector.ts';
import { type AutoInterval, autoIntervals, bucketCeiling, fittingInterval, mostBuckets } from './auto-intervals.ts';
import type { BucketEntry } from './entry.ts';

/** Buckets of one unit, or of a multiple of it. */
interface Chosen {
  readonly entries: readonly BucketEntry<number>[];
  readonly at: number;
}

/** Buckets over dates whose length is chosen so that there are at most so many. */
export class AutoDateHistogramAggregator implements Aggregator<AutoDateCollector> {
  readonly #request: AutoDateHistogramAggregation;
  readonly #source: FieldSource;
  readonly #below: SubAggregators;
  readonly #intervals: readonly AutoInterval[];

  constructor(request: AutoDateHistogramAggregation, below: SubAggregators, context: PlanContext) {
    this.#request = request;
    this.#below = below;
    this.#source = resolveField(request, context, {
      name: 'auto_date_histogram',
      numbersOnly: true,
      unmappedType: 'date',
    });
    const { timeZone, minimumInterval } = request;
    this.#intervals = autoIntervals(minimumInterval, timeZone === undefined ? UTC : parseTimeZone(timeZone));
    const ceiling = bucketCeiling(this.#intervals);
    if (request.buckets > ceiling) throw aggregationError(`buckets must be less than ${ceiling}`);
  }

  collector(index: AggregatedIndex): AutoDateCollector {
    const missing = this.#source.missing === undefined ? undefined : Number(this.#source.missing);
    const values = numericValues(this.#source, index);
    return new AutoDateCollector(values, missing, this.#intervals, this.#request.buckets, this.#below, index);
  }

  *result(parts: readonly Part<AutoDateCollector>[], results: ResultBuilder): Steps<AggregationResult> {
    const { meta } = this.#request;
    const found = yield* this.#coarsened(yield* this.#merged(parts));
    const { entries, at } = yield* this.#coarsened(yield* this.#filled(found));
    const { suffix } = this.#intervals[at]!;
    const multiple = this.#multiple(entries.length, at);
    const shown: BucketEntry<number>[] = [];
    yield* visitInSteps(entries.entries(), ([place, entry]) => {
      if (place % multiple === 0) shown.push(entry);
      else addTo(shown.at(-1)!, entry);
    });
    results.addBuckets(shown.length);
    return {
      type: 'buckets',
      of: 'autoDateHistogram',
      kind: 'date',
      keyed: false,
      buckets: yield* mapInSteps(shown, (entry) => this.#bucket(entry, results)),
      interval: `${multiple}${suffix}`,
      ...(meta === undefined ? {} : { meta }),
    };
  }

  /** The buckets of all indices in the greatest unit that one of them needed. */
  *#merged(parts: readonly Part<AutoDateCollector>[]): Steps<Chosen> {
    const lists = parts.map(({ collector, bucket }) => ({ collector, ...collector.buckets(bucket) }));
    const at = Math.max(0, ...lists.map((list) => list.at));
    const entries: BucketEntry<number>[] = [];
    for (const { collector, keys } of lists) {
      yield* visitInSteps(keys, ([key, { docCount, buckets }]) => {
        entries.push({ key, docCount, parts: buckets.map((bucket) => ({ collector, bucket })) });
      });
    }
    return { entries: yield* this.#grouped(entries, at), at };
  }

  /** The entries brought together; they are not used any more. */
  *#grouped(entries: readonly BucketEntry<number>[], at: number): Steps<readonly BucketEntry<number>[]> {
    const { rounding } = this.#intervals[at]!;
    const groups = new Map<number, BucketEntry<number>>();
    yield* visitInSteps(entries, (entry) => {
      const key = rounding.start(entry.key);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { ...entry, key });
      else addTo(group, entry);
    });
    return yield* sortInSteps(groups.values(), (a, b) => a.key - b.key);
  }

  /** In greater units while there are too many buckets. */
  *#coarsened({ entries, at }: Chosen): Steps<Chosen> {
    let grouped = entries;
    let chosen = at;
    while (
      chosen < this.#intervals.length - 1 &&
      grouped.length > mostBuckets(this.#intervals[chosen]!, this.#request.buckets)
    ) {
      chosen++;
      grouped = yield* this.#grouped(grouped, chosen);
    }
    return { entries: grouped, at: chosen };
  }

  /** With an empty bucket for each interval between them, in a unit in which these are not too many. */
  *#filled({ entries, at }: Chosen): Steps<Chosen> {
    if (entries.length === 0) return { entries, at };
    const chosen = fittingInterval(
      this.#intervals,
      at,
      this.#request.buckets,
      entries[0]!.key,
      entries[entries.length - 1]!.key,
    );
    const { rounding } = this.#intervals[chosen]!;
    const filled: BucketEntry<number>[] = [];
    yield* visitInSteps(yield* this.#grouped(entries, chosen), (entry) => {
      const last = filled.at(-1);
      if (last !== undefined) {
        for (let key = rounding.next(last.key); key < entry.key; key = rounding.next(key)) {
          filled.push({ key, docCount: 0, parts: [] });
        }
      }
      filled.push(entry);
    });
    return { entries: filled, at: chosen };
  }

  /** How many neighbours make one bucket. */
  #multiple(count: number, at: number): number {
    const { buckets } = this.#request;
    const { multiples } = this.#intervals[at]!;
    return (count <= buckets ? undefined : multiples.find((multiple) => Math.ceil(count / multiple) <= buckets)) ?? 1;
  }

  #bucket(entry: BucketEntry<number>, results: ResultBuilder): Bucket {
    const shown = this.#source.formatter?.(entry.key);
    return {
      key: entry.key,
      ...(shown === undefined ? {} : { keyAsString: shown }),
      docCount: entry.docCount,
      aggregations: subResults(this.#below, entry.parts, results),
    };
  }
}

/** Brings two buckets together in the first. */
function addTo(entry: BucketEntry<number>, { docCount, parts }: BucketEntry<number>): void {
  entry.docCount += docCount;
  for (const part of parts) entry.parts.push(part);
}
