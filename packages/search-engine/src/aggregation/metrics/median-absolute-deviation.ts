import type { Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { type FieldSource, type PlanContext, resolveField } from '../field-source.ts';
import { METRIC_NAMES } from './metric-name.ts';
import { OrderStatistics } from './order-statistics.ts';
import { allValues, findQuantile, type ValuesCollector, valuesCollector } from './sorted-values.ts';

/** Values of which the deviations are computed in one step. */
const STEP_VALUES = 65_536;

/** The median of how far the values are from their median; null without values. */
export class MedianAbsoluteDeviationAggregator implements Aggregator<ValuesCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, {
      name: METRIC_NAMES.medianAbsoluteDeviation,
      numbersOnly: true,
      plainNumbersOnly: true,
    });
  }

  collector(index: AggregatedIndex): ValuesCollector {
    return valuesCollector(this.#source, index);
  }

  *result(parts: readonly Part<ValuesCollector>[]): Steps<AggregationResult> {
    const { meta } = this.#request;
    const { formatter } = this.#source;
    const value = yield* deviationOf(allValues(parts));
    return {
      type: 'metric',
      of: 'medianAbsoluteDeviation',
      value,
      ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

/** The values are used up. */
function* deviationOf(values: Float64Array): Steps<number | null> {
  if (values.length === 0) return null;
  const median = yield* findQuantile(new OrderStatistics(values), 0.5);
  for (let from = 0; from < values.length; from += STEP_VALUES) {
    toDeviations(values.subarray(from, from + STEP_VALUES), median);
    yield;
  }
  return yield* findQuantile(new OrderStatistics(values), 0.5);
}

/** The loop itself, since loops of generators are not compiled. */
function toDeviations(values: Float64Array, median: number): void {
  for (let at = 0; at < values.length; at++) values[at] = Math.abs(values[at]! - median);
}
