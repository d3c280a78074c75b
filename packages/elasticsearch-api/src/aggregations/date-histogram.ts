import { DaybookError, isDaybookError } from '@daybook/errors';
import type { DateHistogramAggregation } from '@daybook/search-engine';
import { contentParseError } from '../errors/errors.ts';
import { parseTimeMs } from '../http/time-value.ts';
import { defined } from '../json/json.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';
import { checkMinDocCount, parseBounds } from './histogram-options.ts';

type CalendarInterval = NonNullable<DateHistogramAggregation['calendarInterval']>;

const calendarUnits: readonly (readonly [CalendarInterval, string])[] = [
  ['second', '1s'],
  ['minute', '1m'],
  ['hour', '1h'],
  ['day', '1d'],
  ['week', '1w'],
  ['month', '1M'],
  ['quarter', '1q'],
  ['year', '1y'],
];

const calendarIntervals: ReadonlyMap<string, CalendarInterval> = new Map(
  calendarUnits.flatMap(([unit, short]) => [
    [unit, unit],
    [short, unit],
  ]),
);

/** Buckets over dates by calendar or fixed interval; the old `interval` is taken for either. */
export const parseDateHistogram: AggregationParser = (body, context) => {
  const options = readAggregationOptions('date_histogram', body, {
    ...fieldKinds,
    interval: 'string',
    calendar_interval: 'string',
    fixed_interval: 'string',
    time_zone: 'string',
    offset: 'string',
    min_doc_count: 'integer',
    order: 'any',
    extended_bounds: 'any',
    hard_bounds: 'any',
    keyed: 'boolean',
  });
  const { min_doc_count: minDocCount = 0 } = options;
  checkMinDocCount('date_histogram', minDocCount, context.name);
  return defined({
    type: 'dateHistogram' as const,
    field: requireField(options.field),
    ...readInterval(options),
    timeZone: checkTimeZone('date_histogram', options.time_zone),
    offsetMs: readOffsetMs(options.offset),
    format: options.format,
    minDocCount,
    order: parseBucketOrder('date_histogram', options.order, [{ path: '_key', direction: 'asc' }]),
    missing: options.missing,
    extendedBounds: parseBounds('date_histogram', 'extended_bounds', options.extended_bounds),
    hardBounds: parseBounds('date_histogram', 'hard_bounds', options.hard_bounds),
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

/** The interval of either kind, or of the old one. */
export function readInterval(options: {
  readonly interval: string | undefined;
  readonly calendar_interval: string | undefined;
  readonly fixed_interval: string | undefined;
}): Pick<DateHistogramAggregation, 'calendarInterval' | 'fixedIntervalMs'> {
  const { interval, calendar_interval: calendar, fixed_interval: fixed } = options;
  if (calendar !== undefined && fixed !== undefined) {
    const message = 'Cannot use [fixed_interval] with [calendar_interval] configuration option.';
    throw badOption('date_histogram', 'fixed_interval', message);
  }
  const calendarInterval = calendarIntervals.get(calendar ?? (fixed === undefined ? (interval ?? '') : ''));
  if (calendar !== undefined && calendarInterval === undefined) {
    const message = `The supplied interval [${calendar}] could not be parsed as a calendar interval.`;
    throw badOption('date_histogram', 'calendar_interval', message);
  }
  if (calendarInterval !== undefined) return { calendarInterval };
  const text = fixed ?? interval;
  if (text === undefined) return {};
  // compat: a number of the old option is one of milliseconds.
  return {
    fixedIntervalMs: /^\d+$/.test(interval ?? '')
      ? Number(interval)
      : readTimeMs('fixed_interval', 'fixedInterval', text),
  };
}

function readTimeMs(option: string, setting: string, text: string): number {
  try {
    return parseTimeMs(text, `date_histogram.${setting}`);
  } catch (error) {
    if (isDaybookError(error)) throw contentParseError(`[date_histogram] failed to parse field [${option}]`, error);
    throw error;
  }
}

/** `+6h`, `-30m`, or milliseconds without a unit. */
export function readOffsetMs(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  return text.startsWith('-')
    ? -readTimeMs('offset', 'offset', text.slice(1))
    : readTimeMs('offset', 'offset', text.replace(/^\+/, ''));
}

/** The time zone; an unknown one is refused. */
export function checkTimeZone(type: string, zone: string | undefined): string | undefined {
  if (zone === undefined || /^[+-]\d{2}(?::?\d{2})?$/.test(zone) || zone === 'Z') return zone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    const cause = new DaybookError('invalid-argument', `Unknown time-zone ID: ${zone}`, {
      detail: { reason: 'zone_rules_exception' },
    });
    throw contentParseError(`[${type}] failed to parse field [time_zone]`, cause);
  }
}
