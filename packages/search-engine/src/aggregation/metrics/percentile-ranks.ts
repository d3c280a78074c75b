import type { Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { type FieldSource, type PlanContext, resolveField } from '../field-source.ts';
import { hdrPercentiles } from './hdr.ts';
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

  *result(parts: readonly Part<ValuesCollector>[]): Steps<AggregationResult> {
    const sorted = yield* sortedValues(parts);
    const { meta, keyed = true, values = [], hdrDigits } = this.#request;
    const { formatter } = this.#source;
    const hdr = hdrDigits === undefined ? undefined : hdrPercentiles(sorted, hdrDigits);
    const rank = (value: number): number => hdr?.rank(value) ?? rankOf(sorted, value) * 100;
    const hasValues = sorted.length > 0;
    const ascending = [...values].sort((a, b) => a - b);
    return {
      type: 'percentiles',
      of: 'percentileRanks',
      at: (value) => (hasValues ? rank(value) : null),
      percents: ascending,
      values: hasValues ? ascending.map(rank) : null,
      keyed,
      ...(formatter === undefined ? {} : { formatter }),
      ...(hdr === undefined ? {} : { isHdr: true }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

/**
 * compat: as a t-digest whose centroids are single values has it. Each value stands for the stretch from half way to the value before
 * to half way to the value behind; the first is as wide on both sides, and whatever lies behind those of all but the last has all below it.
 */
function rankOf(sorted: Float64Array, value: number): number {
  const { length } = sorted;
  if (length === 1) return value < sorted[0]! ? 0 : 1;
  let left = (sorted[1]! - sorted[0]!) / 2;
  for (let at = 0; at + 1 < length; at++) {
    const middle = sorted[at]!;
    const right = (sorted[at + 1]! - middle) / 2;
    if (value < middle + right) return Math.max(0, at + (value - middle + left) / (left + right)) / length;
    left = right;
  }
  return 1;
}
