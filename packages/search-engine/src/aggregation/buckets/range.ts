import { DEFAULT_DATE_PATTERN, parseDateFormat } from '../../dates/date-format.ts';
import { parseDateMath } from '../../dates/date-math.ts';
import { parseTimeZone } from '../../dates/time-zone.ts';
import type { QueryValue } from '../../query/query.ts';
import type { AggregationResult, Bucket, RangeAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, DocBatch, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, resolveField } from '../field-source.ts';
import { grownIntegers } from '../growable.ts';
import { javaDouble } from '../java-double.ts';
import type { ResultBuilder } from '../result-builder.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed, subResults } from '../sub-aggregations.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';

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

  constructor(aggregation: string, request: RangeAggregation, below: SubAggregators, context: PlanContext) {
    const name = request.type === 'range' ? 'range' : 'date_range';
    this.#request = request;
    this.#below = below;
    if (request.ranges.length === 0) {
      throw aggregationError(`No [ranges] specified for the [${aggregation}] aggregation`);
    }
    const unmappedType = request.type === 'range' ? 'double' : 'date';
    this.#source = resolveField(request, context, { name, numbersOnly: true, unmappedType });
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
    return new RangeCollector(this.#ranges, this.#source, this.#below, index);
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
    const own = parts.map(({ collector, bucket }) => ({ collector, bucket: bucket * this.#ranges.length + at }));
    const { formatter } = this.#source;
    const fromText = Number.isFinite(from) ? (formatter?.(from) ?? javaDouble(from)) : '*';
    const toText = Number.isFinite(to) ? (formatter?.(to) ?? javaDouble(to)) : '*';
    const hasText = formatter !== undefined;
    return {
      key: key ?? `${fromText}-${toText}`,
      docCount: own.reduce((sum, { collector, bucket }) => sum + collector.docCount(bucket), 0),
      ...(Number.isFinite(from) ? { from, ...(hasText ? { fromAsString: fromText } : {}) } : {}),
      ...(Number.isFinite(to) ? { to, ...(hasText ? { toAsString: toText } : {}) } : {}),
      aggregations: subResults(this.#below, own, results),
    };
  }
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Counts by range: bucket `bucket above * ranges + range`. */
class RangeCollector implements BucketCollector {
  readonly feed: SubFeed;
  readonly #ranges: readonly Range[];
  readonly #gatherer: NumberGatherer;
  #docCounts: Uint32Array = new Uint32Array(0);

  constructor(ranges: readonly Range[], source: FieldSource, below: SubAggregators, index: AggregatedIndex) {
    this.feed = new SubFeed(below, index);
    this.#ranges = ranges;
    const missing = source.missing === undefined ? undefined : Number(source.missing);
    this.#gatherer = new NumberGatherer(numericValues(source, index), missing, (batch) => this.#count(batch));
  }

  docCount(bucket: number): number {
    return this.#docCounts[bucket] ?? 0;
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
    this.feed.flush();
  }

  #count({ values, offsets, buckets, count, chunk }: NumberBatch): void {
    const ranges = this.#ranges;
    // The last document that fell into each range: several values of one count once.
    const lastSeen = new Int32Array(ranges.length).fill(-1);
    let first = 0;
    for (let i = 0; i < count; i++) {
      if (i > 0 && (offsets[i] !== offsets[i - 1] || buckets[i] !== buckets[i - 1])) first = i;
      const value = values[i]!;
      for (let at = 0; at < ranges.length; at++) {
        const range = ranges[at]!;
        if (value < range.from || value >= range.to || lastSeen[at]! >= first) continue;
        lastSeen[at] = i;
        const bucket = buckets[i]! * ranges.length + at;
        this.#docCounts = grownIntegers(this.#docCounts, bucket);
        this.#docCounts[bucket]!++;
        this.feed.push(chunk, offsets[i]!, bucket);
      }
    }
  }
}
