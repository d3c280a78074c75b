import { DaybookError } from '@daybook/errors';
import { type DateHistogramAggregation, parseTimeZone } from '@daybook/search-engine';
import { parseTimeMs } from '../http/time-value.ts';
import { defined } from '../json/json.ts';
import { failedField, readMember } from '../search/read-content.ts';
import { type AggregationParser, badOption, readAggregationOptions, requireField } from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';
import { checkMinDocCount, histogramKinds, parseBounds } from './histogram-options.ts';

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

/** Options that say which dates share a bucket. */
export const dateIntervalKinds = {
  interval: 'time',
  calendar_interval: 'string',
  fixed_interval: 'string',
  time_zone: 'zone',
  offset: 'time',
} as const;

const kinds = { ...histogramKinds, ...dateIntervalKinds } as const;

/** Buckets over dates by calendar or fixed interval; the old `interval` is taken for either. */
export const parseDateHistogram: AggregationParser = (body, context) => {
  const options = readAggregationOptions('date_histogram', body, kinds, context.name);
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

function checkIntervals(options: Parameters<typeof readInterval>[0]): void {
  for (const option of ['calendar_interval', 'fixed_interval', 'interval'] as const) {
    const given = options[option];
    if (given === '') {
      const what = option === 'interval' ? 'dateHistogramInterval' : 'interval';
      throw badOption('date_histogram', option, `[${what}] must not be null: [date_histogram]`);
    }
  }
  const { interval, calendar_interval: calendar, fixed_interval: fixed } = options;
  if (interval === undefined) return;
  if (/^(?:-\d+|0)ms$/.test(interval)) {
    throw badOption('date_histogram', 'interval', '[interval] must be 1 or greater for aggregation [date_histogram]');
  }
  if (calendar === undefined && fixed === undefined) return;
  const message = 'Cannot use [interval] with [fixed_interval] or [calendar_interval] configuration options.';
  throw badOption('date_histogram', 'interval', message);
}

/** The interval of either kind, or of the old one. */
export function readInterval(options: {
  readonly interval: string | undefined;
  readonly calendar_interval: string | undefined;
  readonly fixed_interval: string | undefined;
}): Pick<DateHistogramAggregation, 'calendarInterval' | 'fixedIntervalMs'> {
  const { interval, calendar_interval: calendar, fixed_interval: fixed } = options;
  checkIntervals(options);
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
      : readTimeMs('fixed_interval', 'date_histogram.fixedInterval', text),
  };
}

function readTimeMs(option: string, setting: string, text: string): number {
  return readMember('date_histogram', option, () => parseTimeMs(text, setting));
}

/** `+6h` or `-30m`. */
export function readOffsetMs(text: string | undefined): number {
  if (text === undefined) return 0;
  if (text === '') {
    const cause = new DaybookError('invalid-argument', 'String index out of range: 0', {
      detail: { reason: 'string_index_out_of_bounds_exception' },
    });
    throw failedField('date_histogram', 'offset', cause);
  }
  const unsigned = readTimeMs('offset', 'DateHistogramAggregationBuilder.parseOffset', text.replace(/^[+-]/, ''));
  return text.startsWith('-') ? -unsigned : unsigned;
}

/** The time zone; an unknown one is refused. */
export function checkTimeZone(type: string, zone: string | undefined): string | undefined {
  if (zone !== undefined) readMember(type, 'time_zone', () => parseTimeZone(zone));
  return zone;
}
