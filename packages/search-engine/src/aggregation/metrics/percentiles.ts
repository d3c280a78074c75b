import type { Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { resolveField } from '../field-source.ts';
import { type HdrPercentiles, hdrPercentiles } from './hdr.ts';
import { OrderStatistics } from './order-statistics.ts';
import {
  allValues,
  findQuantile,
  quantile,
  sortedValues,
  type ValuesCollector,
  valuesCollector,
} from './sorted-values.ts';

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
    return valuesCollector(this.#source, index);
  }

  *result(parts: readonly Part<ValuesCollector>[]): Steps<AggregationResult> {
    const { formatter } = this.#source;
    const { meta, keyed = true, hdrDigits } = this.#request;
    const ranked =
      hdrDigits === undefined ? yield* this.#rank(parts) : hdrPercentiles(yield* sortedValues(parts), hdrDigits);
    return {
      type: 'percentiles',
      of: 'percentiles',
      at: percentileAt(parts, ranked),
      values: this.#percents.map((percent) => {
        const value = ranked.percentile(percent);
        return {
          percent,
          value,
          ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
        };
      }),
      keyed,
      ...(hdrDigits === undefined ? {} : { isHdr: true }),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  *#rank(parts: readonly Part<ValuesCollector>[]): Steps<ExactPercentiles> {
    const ranked = new OrderStatistics(allValues(parts));
    // What the first answers leave behind makes the later ones short.
    if (!ranked.isSorted) for (const percent of this.#percents) yield* findQuantile(ranked, percent / 100);
    return new ExactPercentiles(ranked);
  }
}

class ExactPercentiles {
  readonly ranked: OrderStatistics;

  constructor(ranked: OrderStatistics) {
    this.ranked = ranked;
  }

  percentile(percent: number): number | null {
    return this.ranked.length === 0 ? null : quantile(this.ranked, percent / 100);
  }
}

/**
 * Gives what a pipeline asks for. Few values are sorted again then: they are not kept until the answer has been written, as there may be thousands
 * of buckets with so many.
 */
function percentileAt(
  parts: readonly Part<ValuesCollector>[],
  ranked: ExactPercentiles | HdrPercentiles,
): (percent: number) => number | null {
  if (ranked instanceof ExactPercentiles && ranked.ranked.isSorted) return laterPercentile(parts);
  return (percent) => ranked.percentile(percent);
}

/** A function of its own: one that is made beside others keeps alive what they use. */
function laterPercentile(parts: readonly Part<ValuesCollector>[]): (percent: number) => number | null {
  return (percent) => new ExactPercentiles(new OrderStatistics(allValues(parts))).percentile(percent);
}
