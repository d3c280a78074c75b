import { sortNumbersInSteps } from '../../steps/sort-numbers-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import type { AggregatedIndex, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { type FieldSource, numericValues } from '../field-source.ts';
import { NumberGatherer } from '../value-batch.ts';
import type { ValuePages } from '../value-pages.ts';
import { BucketValues } from './bucket-values.ts';
import { OrderStatistics, SORTED_AT_ONCE } from './order-statistics.ts';

/** Few values of a bucket, which are read before those of the next one are wanted: of thousands of buckets each would leave an array behind. */
const FEW_VALUES = new Float64Array(SORTED_AT_ONCE);

/** A collector of every value of the field. */
export function valuesCollector(source: FieldSource, index: AggregatedIndex): ValuesCollector {
  const missing = source.missing === undefined ? undefined : Number(source.missing);
  return new ValuesCollector(numericValues(source, index), missing, index.pages);
}

/** The values of a bucket over all indices, ascending. */
export function sortedValues(parts: readonly Part<ValuesCollector>[]): Steps<Float64Array> {
  return sortNumbersInSteps(allValues(parts));
}

/** The values of a bucket over all indices by their rank; those that are sorted at once stand until the next call. */
export function rankedValues(parts: readonly Part<ValuesCollector>[]): OrderStatistics {
  const count = countValues(parts);
  const values = count <= SORTED_AT_ONCE ? FEW_VALUES.subarray(0, count) : new Float64Array(count);
  return new OrderStatistics(copyValues(parts, values));
}

/** The values of a bucket over all indices in any order: an array of the caller's own. */
export function allValues(parts: readonly Part<ValuesCollector>[]): Float64Array {
  return copyValues(parts, new Float64Array(countValues(parts)));
}

function countValues(parts: readonly Part<ValuesCollector>[]): number {
  let count = 0;
  for (const { collector, bucket } of parts) count += collector.values.count(bucket);
  return count;
}

function copyValues(parts: readonly Part<ValuesCollector>[], target: Float64Array): Float64Array {
  let at = 0;
  for (const { collector, bucket } of parts) {
    collector.values.copyTo(target, at, bucket);
    at += collector.values.count(bucket);
  }
  return target;
}

/**
 * Between the middles of the values, as a t-digest whose centroids are single values has it.
 * compat: the same numbers as Elasticsearch gives while its digest has not merged any values.
 */
export function quantile(ranked: OrderStatistics, fraction: number): number {
  const rank = rankAt(ranked, fraction);
  const below = Math.floor(rank);
  const low = ranked.at(below);
  return rank === below ? low : low + (rank - below) * (ranked.at(below + 1) - low);
}

/** What {@link quantile} gives, in steps. */
export function* findQuantile(ranked: OrderStatistics, fraction: number): Steps<number> {
  const rank = rankAt(ranked, fraction);
  yield* ranked.settle(Math.floor(rank));
  yield* ranked.settle(Math.ceil(rank));
  return quantile(ranked, fraction);
}

/** From 0 to the last rank; between two of them where it is not whole. */
function rankAt({ length }: OrderStatistics, fraction: number): number {
  return Math.max(0, Math.min(fraction * length - 0.5, length - 1));
}

/** Keeps every value of each bucket. */
export class ValuesCollector implements Collector {
  readonly values: BucketValues;
  readonly #gatherer: NumberGatherer;

  constructor(docValues: ReturnType<typeof numericValues>, missing: number | undefined, pages: ValuePages) {
    this.values = new BucketValues(pages);
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.values.add(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }
}
