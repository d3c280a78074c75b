import { DEFAULT_DATE_PATTERN, parseDateFormat } from '../../dates/date-format.ts';
import { parseDateMath } from '../../dates/date-math.ts';
import { parseTimeZone } from '../../dates/time-zone.ts';
import { javaDouble } from '../../numbers/java-double.ts';
import type { QueryValue } from '../../query/query.ts';
import type { AggregationResult, Bucket, RangeAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, resolveField } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import { type SubAggregators, subResults } from '../sub-aggregations.ts';
import { NumberGatherer } from '../value-batch.ts';
import { docCountOf, partsAt } from './fixed-buckets.ts';
import { type CountRanges, RangeCollector } from './range-collector.ts';

/** From inclusive, to exclusive. */
interface Range {
  readonly key: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** A bucket for each range of numbers or dates, in the order of their bounds; ranges may overlap. */
export class RangeAggregator implements Aggregator<RangeCollector> {
  readonly #request: RangeAggregation;
  readonly #source: FieldSource;
  readonly #below: SubAggregators;
  readonly #ranges: readonly Range[];
  readonly #isUnmapped: boolean;

  constructor(aggregation: string, request: RangeAggregation, below: SubAggregators, context: PlanContext) {
    const name = request.type === 'range' ? 'range' : 'date_range';
    this.#request = request;
    this.#below = below;
    if (request.ranges.length === 0) {
      throw aggregationError(`No [ranges] specified for the [${aggregation}] aggregation`);
    }
    const unmappedType = request.type === 'range' ? 'double' : 'date';
    this.#source = resolveField(request, context, { name, numbersOnly: true, unmappedType });
    this.#isUnmapped =
      request.missing === undefined &&
      !context.indices.some(({ mapping }) => mapping.field(request.field) !== undefined);
    const bound = (value: QueryValue | undefined, open: number): number =>
      value === undefined ? open : this.#bound(value, context.nowMs);
    this.#ranges = request.ranges
      .map(({ key, from, to }) => ({
        key,
        from: bound(from, Number.NEGATIVE_INFINITY),
        to: bound(to, Number.POSITIVE_INFINITY),
      }))
      .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
  }

  #bound(value: QueryValue, nowMs: number): number {
    const { format, timeZone } = this.#request;
    if (this.#source.kind !== 'date' && this.#source.type?.type !== 'date') {
      if (typeof value === 'number') return value;
      const number = Number(value);
      if (value !== '' && typeof value === 'string' && !Number.isNaN(number)) return number;
      throw aggregationError(`For input string: "${String(value)}"`, 'number_format_exception');
    }
    const given = format ?? this.#source.type?.toJson().format;
    return parseDateMath(String(value), parseDateFormat(typeof given === 'string' ? given : DEFAULT_DATE_PATTERN), {
      nowMs,
      roundUp: false,
      timeZone: timeZone === undefined ? undefined : parseTimeZone(timeZone),
    });
  }

  collector(index: AggregatedIndex): RangeCollector {
    return new RangeCollector(this.#ranges.length, (count) => this.#gatherer(count, index), this.#below, index);
  }

  #gatherer(count: CountRanges, index: AggregatedIndex): NumberGatherer {
    const from = Float64Array.from(this.#ranges, (range) => range.from);
    const to = Float64Array.from(this.#ranges, (range) => range.to);
    const found: number[] = [];
    const rangesOf = (value: number): readonly number[] => {
      let size = 0;
      for (let at = 0; at < from.length; at++) if (value >= from[at]! && value < to[at]!) found[size++] = at;
      found.length = size;
      return found;
    };
    const missing = this.#source.missing === undefined ? undefined : Number(this.#source.missing);
    return new NumberGatherer(numericValues(this.#source, index), missing, (batch) =>
      count(batch, (at) => rangesOf(batch.values[at]!)),
    );
  }

  result(parts: readonly Part<RangeCollector>[], results: ResultBuilder): AggregationResult {
    const { type, keyed, meta } = this.#request;
    results.addBuckets(this.#ranges.length);
    return {
      type: 'buckets',
      of: type,
      kind: type === 'dateRange' ? 'date' : this.#source.kind,
      keyed,
      buckets: this.#ranges.map((range, at) => this.#bucket(range, at, parts, results)),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  #bucket(
    { key, from, to }: Range,
    at: number,
    parts: readonly Part<RangeCollector>[],
    results: ResultBuilder,
  ): Bucket {
    // compat: what stands below a range of a field that no index has was never asked.
    const own = this.#isUnmapped ? [] : partsAt(parts, at);
    const { formatter } = this.#source;
    const fromText = Number.isFinite(from) ? (formatter?.(from) ?? javaDouble(from)) : '*';
    const toText = Number.isFinite(to) ? (formatter?.(to) ?? javaDouble(to)) : '*';
    const hasText = formatter !== undefined;
    return {
      key: key ?? `${fromText}-${toText}`,
      docCount: docCountOf(own),
      ...(Number.isFinite(from) ? { from, ...(hasText ? { fromAsString: fromText } : {}) } : {}),
      ...(Number.isFinite(to) ? { to, ...(hasText ? { toAsString: toText } : {}) } : {}),
      aggregations: subResults(this.#below, own, results),
    };
  }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
