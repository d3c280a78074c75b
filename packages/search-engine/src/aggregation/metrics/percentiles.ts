import type { Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { resolveField } from '../field-source.ts';
import { hdrPercentiles } from './hdr.ts';
import type { OrderStatistics } from './order-statistics.ts';
import {
  findQuantile,
  quantile,
  rankedValues,
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

  /** At once where there are few values: there may be thousands of buckets with so many. */
  result(parts: readonly Part<ValuesCollector>[]): AggregationResult | Steps<AggregationResult> {
    const { hdrDigits } = this.#request;
    if (hdrDigits !== undefined) return this.#rankSlots(parts, hdrDigits);
    const ranked = rankedValues(parts);
    return ranked.isSorted ? this.#answer(new ExactPercentiles(ranked), laterPercentile(parts)) : this.#rank(ranked);
  }

  *#rankSlots(parts: readonly Part<ValuesCollector>[], digits: number): Steps<AggregationResult> {
    const ranked = hdrPercentiles(yield* sortedValues(parts), digits);
    return this.#answer(ranked, (percent) => percentileOf(ranked, percent));
  }

  *#rank(values: OrderStatistics): Steps<AggregationResult> {
    // What the first answers leave behind makes the later ones short.
    for (const percent of this.#percents) yield* findQuantile(values, percent / 100);
    const ranked = new ExactPercentiles(values);
    return this.#answer(ranked, (percent) => percentileOf(ranked, percent));
  }

  #answer(ranked: RankedValues, at: (percent: number) => number | null): AggregationResult {
    const { formatter } = this.#source;
    const { meta, keyed = true, hdrDigits } = this.#request;
    return {
      type: 'percentiles',
      of: 'percentiles',
      at,
      percents: this.#percents,
      values: ranked.length === 0 ? null : this.#percents.map((percent) => ranked.percentile(percent)),
      keyed,
      ...(formatter === undefined ? {} : { formatter }),
      ...(hdrDigits === undefined ? {} : { isHdr: true }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

/** Values by their rank. */
interface RankedValues {
  readonly length: number;
  /** Of values, of which there are some. */
  percentile(percent: number): number;
}

class ExactPercentiles implements RankedValues {
  readonly #ranked: OrderStatistics;

  constructor(ranked: OrderStatistics) {
    this.#ranked = ranked;
  }

  get length(): number {
    return this.#ranked.length;
  }

  percentile(percent: number): number {
    return quantile(this.#ranked, percent / 100);
  }
}

function percentileOf(ranked: RankedValues, percent: number): number | null {
  return ranked.length === 0 ? null : ranked.percentile(percent);
}

/**
 * Gives what a pipeline asks for. Few values are sorted again then: they are not kept until the answer has been written. A function of its own:
 * one that is made beside others keeps alive what they use.
 */
function laterPercentile(parts: readonly Part<ValuesCollector>[]): (percent: number) => number | null {
  return (percent) => percentileOf(new ExactPercentiles(rankedValues(parts)), percent);
}
