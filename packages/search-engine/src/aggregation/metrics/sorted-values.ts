import { sortNumbersInSteps } from '../../steps/sort-numbers-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import type { AggregatedIndex, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { type FieldSource, numericValues } from '../field-source.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';
import type { ValuePages } from '../value-pages.ts';
import { BucketValues } from './bucket-values.ts';
import type { OrderStatistics } from './order-statistics.ts';

/** A collector of every value of the field. */
export function valuesCollector(source: FieldSource, index: AggregatedIndex): ValuesCollector {
  const missing = source.missing === undefined ? undefined : Number(source.missing);
  return new ValuesCollector(numericValues(source, index), missing, index.pages);
}

/** The values of a bucket over all indices, ascending. */
export function sortedValues(parts: readonly Part<ValuesCollector>[]): Steps<Float64Array> {
  return sortNumbersInSteps(allValues(parts));
}

/** The values of a bucket over all indices in any order: an array of the caller's own. */
export function allValues(parts: readonly Part<ValuesCollector>[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { collector, bucket }) => sum + collector.values.count(bucket), 0));
  let at = 0;
  for (const { collector, bucket } of parts) {
    collector.values.copyTo(all, at, bucket);
    at += collector.values.count(bucket);
  }
  return all;
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
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#add(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  #add({ values, buckets, count }: NumberBatch): void {
    for (let i = 0; i < count; i++) this.values.add(buckets[i]!, values[i]!);
  }
}
