import { sortNumbersInSteps } from '../../steps/sort-numbers-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import type { AggregatedIndex, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { type FieldSource, numericValues } from '../field-source.ts';
import { grownFloats } from '../growable.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';
import type { OrderStatistics } from './order-statistics.ts';

/** A collector of every value of the field. */
export function valuesCollector(source: FieldSource, index: AggregatedIndex): ValuesCollector {
  const missing = source.missing === undefined ? undefined : Number(source.missing);
  return new ValuesCollector(numericValues(source, index), missing);
}

/** The values of a bucket over all indices, ascending. */
export function sortedValues(parts: readonly Part<ValuesCollector>[]): Steps<Float64Array> {
  return sortNumbersInSteps(allValues(parts));
}

/** The values of a bucket over all indices in any order: an array of the caller's own. */
export function allValues(parts: readonly Part<ValuesCollector>[]): Float64Array {
  const lists = parts.map(({ collector, bucket }) => collector.values(bucket));
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/**
 * Between the middles of the values, as a t-digest whose centroids are single values has it.
 * compat: the same numbers as Elasticsearch gives while its digest has not merged any values.
 */
export function* findQuantile(ranked: OrderStatistics, fraction: number): Steps<number> {
  const rank = fraction * ranked.length - 0.5;
  if (rank <= 0) return yield* ranked.find(0);
  if (rank >= ranked.length - 1) return yield* ranked.find(ranked.length - 1);
  const below = Math.floor(rank);
  const low = yield* ranked.find(below);
  return low + (rank - below) * ((yield* ranked.find(below + 1)) - low);
}

/** Keeps every value of each bucket. */
export class ValuesCollector implements Collector {
  readonly #gatherer: NumberGatherer;
  readonly #buckets: { values: Float64Array; count: number }[] = [];

  constructor(docValues: ReturnType<typeof numericValues>, missing: number | undefined) {
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#add(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  #add({ values, buckets, count }: NumberBatch): void {
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i]!;
      while (this.#buckets.length <= bucket) this.#buckets.push({ values: new Float64Array(0), count: 0 });
      const kept = this.#buckets[bucket]!;
      kept.values = grownFloats(kept.values, kept.count);
      kept.values[kept.count++] = values[i]!;
    }
  }

  values(bucket: number): Float64Array {
    const kept = this.#buckets[bucket];
    return kept === undefined ? new Float64Array(0) : kept.values.subarray(0, kept.count);
  }
}
