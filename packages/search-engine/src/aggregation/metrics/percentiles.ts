import { finish, type Steps } from '../../steps/steps.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { resolveField } from '../field-source.ts';
import { hdrPercentiles } from './hdr.ts';
import { OrderStatistics } from './order-statistics.ts';
import { allValues, findQuantile, sortedValues, type ValuesCollector, valuesCollector } from './sorted-values.ts';

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
    const hdr = hdrDigits === undefined ? undefined : hdrPercentiles(yield* sortedValues(parts), hdrDigits);
    const ranked = new OrderStatistics(allValues(hdr === undefined ? parts : []));
    const at = (percent: number): number | null => {
      if (hdr !== undefined) return hdr.percentile(percent);
      return ranked.length === 0 ? null : finish(findQuantile(ranked, percent / 100));
    };
    // What the first answers leave behind makes the later ones short.
    if (ranked.length > 0) for (const percent of this.#percents) yield* findQuantile(ranked, percent / 100);
    return {
      type: 'percentiles',
      of: 'percentiles',
      at,
      values: this.#percents.map((percent) => {
        const value = at(percent);
        return {
          percent,
          value,
          ...(formatter === undefined || value === null ? {} : { valueAsString: formatter(value) }),
        };
      }),
      keyed,
      ...(hdr === undefined ? {} : { isHdr: true }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}
