import { DEFAULT_DATE_PATTERN, parseDateFormat } from '../../dates/date-format.ts';
import { parseDateMath } from '../../dates/date-math.ts';
import type { Rounding } from '../../dates/rounding.ts';
import { calendarRounding, fixedRounding } from '../../dates/rounding.ts';
import { parseTimeZone, UTC } from '../../dates/time-zone.ts';
import { javaDouble } from '../../numbers/java-double.ts';
import type { QueryValue } from '../../query/query.ts';
import type { DateHistogramAggregation, HistogramAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { resolveField } from '../field-source.ts';
import type { HistogramPlan } from './histogram-plan.ts';
import type { Intervals } from './intervals.ts';

/** Resolves a histogram over numbers. */
export function planHistogram(name: string, request: HistogramAggregation, context: PlanContext): HistogramPlan {
  const { interval, offset, extendedBounds, hardBounds } = request;
  if (!(interval > 0) || !Number.isFinite(interval)) {
    throw aggregationError(`interval must be positive, got: ${javaDouble(interval)}`);
  }
  const start = (value: number): number => Math.floor((value - offset) / interval) * interval + offset;
  // compat: an interval is shown when its begin, before it is shifted by the offset, is within the hard bounds.
  const firstStart = (bound: number): number => Math.ceil(bound / interval) * interval + offset;
  const end = (bound: number): number => (Math.floor(bound / interval) + 1) * interval + offset;
  const justBelow = (value: number): number => value - Math.max(Math.abs(value), interval) * Number.EPSILON;
  checkBounds(name, extendedBounds?.min, extendedBounds?.max, 'extended_bounds');
  checkInside(extendedBounds, hardBounds, javaDouble);
  const source = resolveField(request, context, {
    name: 'histogram',
    numbersOnly: true,
    takesRanges: true,
    unmappedType: 'double',
  });
  if (source.type?.type === 'ip_range') {
    throw aggregationError('Expected numeric range type but found non-numeric range [ip_range]');
  }
  return {
    ...commonPlan(request, source, context),
    of: 'histogram',
    intervals: {
      start,
      // From the value's own interval, so that errors of rounding do not add up over many steps.
      next: (from) => (Math.round((from - offset) / interval) + 1) * interval + offset,
      low: hardBounds?.min === undefined ? Number.NEGATIVE_INFINITY : firstStart(hardBounds.min),
      high: hardBounds?.max === undefined ? Number.POSITIVE_INFINITY : justBelow(end(hardBounds.max)),
      cutFrom: hardBounds?.min,
      cutTo: hardBounds?.max,
      shownFrom: extendedBounds?.min === undefined ? undefined : start(extendedBounds.min),
      shownTo: extendedBounds?.max === undefined ? undefined : start(extendedBounds.max),
    },
  };
}

/** Resolves a histogram over time. */
export function planDateHistogram(
  name: string,
  request: DateHistogramAggregation,
  context: PlanContext,
): HistogramPlan {
  const source = resolveField(request, context, {
    name: 'date_histogram',
    numbersOnly: true,
    takesRanges: true,
    unmappedType: 'date',
  });
  if (source.type?.range !== undefined && source.type.type !== 'date_range') {
    throw aggregationError(`Expected date range type but found range type [${source.type.type}]`);
  }
  return {
    ...commonPlan(request, source.kind === 'unmapped' ? { ...source, kind: 'date' } : source, context),
    of: 'dateHistogram',
    intervals: dateIntervals(name, request, source, context),
  };
}

function commonPlan(
  { minDocCount, order, keyed, meta }: HistogramAggregation | DateHistogramAggregation,
  source: FieldSource,
  { maxBuckets }: PlanContext,
): Omit<HistogramPlan, 'of' | 'intervals'> {
  return { source, minDocCount, order, maxBuckets, keyed, meta };
}

function roundingOf({ calendarInterval, fixedIntervalMs, timeZone, offsetMs }: DateHistogramAggregation): Rounding {
  const zone = timeZone === undefined ? UTC : parseTimeZone(timeZone);
  if (calendarInterval !== undefined) return calendarRounding(calendarInterval, zone, offsetMs);
  if (fixedIntervalMs === undefined)
    throw aggregationError('Invalid interval specified, must be non-null and non-empty');
  if (fixedIntervalMs >= 1) return fixedRounding(fixedIntervalMs, zone, offsetMs);
  throw aggregationError('Zero or negative time interval not supported');
}

function dateIntervals(
  name: string,
  request: DateHistogramAggregation,
  source: FieldSource,
  context: PlanContext,
): Intervals {
  const rounding = roundingOf(request);
  const parse = (bound: QueryValue | undefined): number | undefined =>
    bound === undefined ? undefined : parseBound(bound, request, source, context);
  const extended = { min: parse(request.extendedBounds?.min), max: parse(request.extendedBounds?.max) };
  const hard = { min: parse(request.hardBounds?.min), max: parse(request.hardBounds?.max) };
  // compat: extended bounds are rounded before they are shifted by the offset, values after.
  const unshifted = roundingOf({ ...request, offsetMs: 0 });
  const shownBound = (bound: number | undefined): number | undefined =>
    bound === undefined ? undefined : unshifted.start(bound) + request.offsetMs;
  checkBounds(name, extended.min, extended.max, 'extended_bounds');
  checkBounds(name, hard.min, hard.max, 'hard_bounds');
  const shown = source.formatter ?? String;
  checkInside(extended, hard, (bound) => shown(bound));
  return {
    start: rounding.start,
    next: rounding.next,
    low: hard.min === undefined ? Number.NEGATIVE_INFINITY : rounding.start(hard.min),
    // The interval of the upper bound is the last, whole.
    high: hard.max === undefined ? Number.POSITIVE_INFINITY : rounding.next(rounding.start(hard.max)) - 1,
    cutFrom: hard.min === undefined ? undefined : unshifted.start(hard.min),
    cutTo: hard.max === undefined ? undefined : unshifted.start(hard.max),
    shownFrom: shownBound(extended.min),
    shownTo: shownBound(extended.max),
  };
}

function parseBound(
  bound: QueryValue,
  { format, timeZone }: DateHistogramAggregation,
  source: FieldSource,
  { nowMs }: PlanContext,
): number {
  if (typeof bound === 'number') return bound;
  const given = format ?? source.type?.toJson().format;
  return parseDateMath(String(bound), parseDateFormat(typeof given === 'string' ? given : DEFAULT_DATE_PATTERN), {
    nowMs,
    roundUp: false,
    timeZone: timeZone === undefined ? undefined : parseTimeZone(timeZone),
  });
}

function checkBounds(aggregation: string, min: number | undefined, max: number | undefined, name: string): void {
  if (min === undefined || max === undefined || min <= max) return;
  throw aggregationError(
    `[${name}.min][${min}] cannot be greater than [${name}.max][${max}] for histogram aggregation [${aggregation}]`,
  );
}

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function checkInside(extended: Bounds | undefined, hard: Bounds | undefined, shown: (bound: number) => string): void {
  const isBelow = (bound: number | undefined, least: number | undefined): boolean =>
    bound !== undefined && least !== undefined && bound < least;
  if (!isBelow(extended?.min, hard?.min) && !isBelow(hard?.max, extended?.max)) return;
  const text = ({ min, max }: Bounds = {}): string =>
    `${min === undefined ? '' : shown(min)}--${max === undefined ? '' : shown(max)}`;
  throw aggregationError(
    `Extended bounds have to be inside hard bounds, hard bounds: [${text(hard)}], extended bounds: [${text(extended)}]`,
  );
}
