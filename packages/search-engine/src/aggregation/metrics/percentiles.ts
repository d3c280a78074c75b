import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Collector, DocBatch, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, resolveField } from '../field-source.ts';
import { grownFloats } from '../growable.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';

const DEFAULT_PERCENTS = [1, 5, 25, 50, 75, 95, 99];

/** Percentiles of all values, exact: every value is kept while the request runs. */
export class PercentilesAggregator implements Aggregator<ValuesCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;
  readonly #percents: readonly number[];

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, { name: 'percentiles', numbersOnly: true });
    this.#percents = [...(request.percents ?? DEFAULT_PERCENTS)].sort((a, b) => a - b);
    const wrong = this.#percents.find((percent) => !(percent >= 0 && percent <= 100));
    if (wrong !== undefined) throw aggregationError(`percent must be in [0,100], got [${wrong}]: [percentiles]`);
  }

  collector(index: AggregatedIndex): ValuesCollector {
    const missing = this.#source.missing === undefined ? undefined : Number(this.#source.missing);
    return new ValuesCollector(numericValues(this.#source, index), missing);
  }

  result(parts: readonly Part<ValuesCollector>[]): AggregationResult {
    const sorted = sortedValues(parts);
    const { formatter } = this.#source;
    const { meta, keyed = true } = this.#request;
    return {
      type: 'percentiles',
      values: this.#percents.map((percent) => {
        const value = sorted.length === 0 ? null : quantile(sorted, percent / 100);
        return {
          percent,
          value,
          ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
        };
      }),
      keyed,
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

function sortedValues(parts: readonly Part<ValuesCollector>[]): Float64Array {
  const lists = parts.map(({ collector, bucket }) => collector.values(bucket));
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all.sort();
}

/**
 * Between the middles of the values, as a t-digest whose centroids are single values has it.
 * compat: the same numbers as Elasticsearch gives while its digest has not merged any values.
 */
function quantile(sorted: Float64Array, fraction: number): number {
  const rank = fraction * sorted.length - 0.5;
  if (rank <= 0) return sorted[0]!;
  if (rank >= sorted.length - 1) return sorted[sorted.length - 1]!;
  const below = Math.floor(rank);
  const low = sorted[below]!;
  return low + (rank - below) * (sorted[below + 1]! - low);
}

class ValuesCollector implements Collector {
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
