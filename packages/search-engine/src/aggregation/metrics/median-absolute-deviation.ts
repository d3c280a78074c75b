import type { Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import { type FieldSource, type PlanContext, resolveField } from '../field-source.ts';
import { METRIC_NAMES } from './metric-name.ts';
import { OrderStatistics } from './order-statistics.ts';
import { allValues, quantile, type ValuesCollector, valuesCollector } from './sorted-values.ts';

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

function* deviationOf(values: Float64Array): Steps<number | null> {
  if (values.length === 0) return null;
  const median = quantile(new OrderStatistics(values), 0.5);
  yield;
  const deviations = values.map((value) => Math.abs(value - median));
  yield;
  return quantile(new OrderStatistics(deviations), 0.5);
}
