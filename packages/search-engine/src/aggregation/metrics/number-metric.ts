import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, resolveField } from '../field-source.ts';
import { extendedStatistics } from './extended-statistics.ts';
import { METRIC_NAMES } from './metric-name.ts';
import type { Moments } from './moments.ts';
import { MomentsCollector, mergedMoments } from './moments.ts';

type SingleMetric = 'min' | 'max' | 'sum' | 'avg';

/** Minimum, maximum, sum and average. Without values they are null, the sum 0. */
export class NumberMetricAggregator implements Aggregator<MomentsCollector> {
  readonly #request: MetricAggregation;
  readonly #of: SingleMetric;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, of: SingleMetric, context: PlanContext) {
    this.#request = request;
    this.#of = of;
    this.#source = resolveField(request, context, { name: METRIC_NAMES[of], numbersOnly: true });
  }

  collector(index: AggregatedIndex): MomentsCollector {
    return momentsCollector(this.#source, index, false);
  }

  result(parts: readonly Part<MomentsCollector>[]): AggregationResult {
    const value = metricOf(this.#of, mergedMoments(parts));
    const { formatter } = this.#source;
    const { meta } = this.#request;
    return {
      type: 'metric',
      of: this.#of,
      value,
      ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

function metricOf(of: SingleMetric, { count, min, max, sum }: Moments): number | null {
  if (of === 'sum') return sum;
  if (count === 0) return null;
  return of === 'min' ? min : of === 'max' ? max : sum / count;
}

/** `stats` and `extended_stats`. */
export class StatsAggregator implements Aggregator<MomentsCollector> {
  readonly #request: MetricAggregation;
  readonly #isExtended: boolean;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#isExtended = request.type === 'extendedStats';
    this.#source = resolveField(request, context, { name: METRIC_NAMES[request.type], numbersOnly: true });
  }

  collector(index: AggregatedIndex): MomentsCollector {
    return momentsCollector(this.#source, index, this.#isExtended);
  }

  result(parts: readonly Part<MomentsCollector>[]): AggregationResult {
    const { count, min, max, sum, sumOfSquares } = mergedMoments(parts);
    const { formatter } = this.#source;
    const { meta, sigma } = this.#request;
    return {
      type: 'stats',
      of: this.#isExtended ? 'extendedStats' : 'stats',
      count,
      min: count === 0 ? null : min,
      max: count === 0 ? null : max,
      avg: count === 0 ? null : sum / count,
      sum,
      ...(formatter === undefined ? {} : { asString: formatter }),
      ...(this.#isExtended ? { extended: extendedStatistics(count, sum, sumOfSquares, sigma ?? 2) } : {}),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

function momentsCollector(source: FieldSource, index: AggregatedIndex, withSquares: boolean): MomentsCollector {
  const missing = source.missing === undefined ? undefined : Number(source.missing);
  return new MomentsCollector(numericValues(source, index), missing, withSquares);
}
