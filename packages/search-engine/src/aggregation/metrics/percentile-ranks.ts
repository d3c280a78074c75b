import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { type FieldSource, type PlanContext, resolveField } from '../field-source.ts';
import { METRIC_NAMES } from './metric-name.ts';
import { sortedValues, type ValuesCollector, valuesCollector } from './sorted-values.ts';

/** Which share of all values, in percent, lies below each value asked for. */
export class PercentileRanksAggregator implements Aggregator<ValuesCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, { name: METRIC_NAMES.percentileRanks, numbersOnly: true });
  }

  collector(index: AggregatedIndex): ValuesCollector {
    return valuesCollector(this.#source, index);
  }

  result(parts: readonly Part<ValuesCollector>[]): AggregationResult {
    const sorted = sortedValues(parts);
    const { meta, keyed = true, values = [] } = this.#request;
    const ascending = [...values].sort((a, b) => a - b);
    return {
      type: 'percentiles',
      of: 'percentileRanks',
      values: ascending.map((value) => ({
        percent: value,
        value: sorted.length === 0 ? null : rankOf(sorted, value) * 100,
      })),
      keyed,
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

/** compat: between the middles of the values, as a t-digest whose centroids are single values has it. */
function rankOf(sorted: Float64Array, value: number): number {
  const { length } = sorted;
  if (value < sorted[0]!) return 0;
  if (value >= sorted[length - 1]!) return 1;
  let below = 0;
  while (below + 1 < length && sorted[below + 1]! <= value) below++;
  const low = sorted[below]!;
  const high = sorted[below + 1]!;
  return (below + 0.5 + (value - low) / (high - low)) / length;
}
