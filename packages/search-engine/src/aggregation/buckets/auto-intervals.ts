import type { CalendarUnit } from '../../dates/calendar.ts';
import { calendarRounding, type Rounding } from '../../dates/rounding.ts';
import type { TimeZone } from '../../dates/time-zone.ts';
import type { AutoDateHistogramAggregation } from '../aggregation.ts';
import { MAX_BUCKETS } from '../result-builder.ts';

/** One of the units among which an automatic date histogram chooses. */
export interface AutoInterval {
  readonly rounding: Rounding;
  /** About how long the unit is. */
  readonly roughMs: number;
  /** How many units may make one bucket, ascending. */
  readonly multiples: readonly number[];
  /** The unit as it stands in `interval`. */
  readonly suffix: string;
}

const DAY_MS = 86_400_000;

const UNITS: readonly (readonly [CalendarUnit, roughMs: number, suffix: string, multiples: readonly number[]])[] = [
  ['second', 1000, 's', [1, 5, 10, 30]],
  ['minute', 60_000, 'm', [1, 5, 10, 30]],
  ['hour', 3_600_000, 'h', [1, 3, 12]],
  ['day', DAY_MS, 'd', [1, 7]],
  ['month', 30 * DAY_MS, 'M', [1, 3]],
  ['year', 365 * DAY_MS, 'y', [1, 5, 10, 20, 50, 100]],
];

/** The units from the smallest that is allowed, ascending. */
export function autoIntervals(
  minimum: AutoDateHistogramAggregation['minimumInterval'],
  zone: TimeZone,
): readonly AutoInterval[] {
  const from = Math.max(
    0,
    UNITS.findIndex(([unit]) => unit === minimum),
  );
  return UNITS.slice(from).map(([unit, roughMs, suffix, multiples]) => ({
    rounding: calendarRounding(unit, zone, 0),
    roughMs,
    multiples,
    suffix,
  }));
}

/** The most buckets that may be asked for, so that there are never too many before they are brought together. */
export function bucketCeiling(intervals: readonly AutoInterval[]): number {
  // compat: the greatest unit does not count.
  const multiples = intervals.slice(0, -1).flatMap((interval) => interval.multiples);
  return Math.floor(MAX_BUCKETS / Math.max(1, ...multiples));
}

/** How many buckets of one unit there may be before they are brought together to a multiple of it. */
export function mostBuckets({ multiples }: AutoInterval, wanted: number): number {
  return wanted * multiples.at(-1)!;
}

/** The first unit from `at` on in which buckets from the first key to the last are few enough. */
export function fittingInterval(
  intervals: readonly AutoInterval[],
  at: number,
  wanted: number,
  firstKey: number,
  lastKey: number,
): number {
  let chosen = at;
  // A rough count first: an exact one of small units over a long time is slow.
  const next = intervals.findIndex(
    (interval, i) => i > at && Math.floor((lastKey - firstKey) / interval.roughMs) < mostBuckets(interval, wanted),
  );
  if (next > 0) chosen = next - 1;
  while (chosen < intervals.length - 1) {
    const { rounding } = intervals[chosen]!;
    const most = mostBuckets(intervals[chosen]!, wanted);
    let required = 0;
    for (let key = firstKey; key < lastKey && required <= most; key = rounding.next(key)) required++;
    if (required <= most) break;
    chosen++;
  }
  return chosen;
}
