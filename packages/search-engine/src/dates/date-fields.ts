import { DAY_MS, daysFromCivil, daysInMonth, firstMondayOfWeekYear, isLeapYear } from './civil.ts';
import type { TimeZone } from './time-zone.ts';
import { UTC } from './time-zone.ts';

/** What a pattern found in a text. */
export interface DateFields {
  year?: number | undefined;
  month?: number | undefined;
  day?: number | undefined;
  dayOfYear?: number | undefined;
  weekYear?: number | undefined;
  week?: number | undefined;
  dayOfWeek?: number | undefined;
  hour?: number | undefined;
  /** 1 to 12, with {@link DateFields.pm}. */
  clockHour?: number | undefined;
  pm?: boolean;
  minute?: number | undefined;
  second?: number | undefined;
  nanos?: number | undefined;
  zone?: TimeZone;
}

/** What is assumed of the parts that a text does not have. */
export interface DateDefaults {
  /** Hours, minutes, seconds and fractions at their end instead of their begin; months and days stay at their first. */
  readonly roundUp?: boolean;
  /** The zone of a text that names none; default UTC. */
  readonly timeZone?: TimeZone | undefined;
}

function inRange(value: number | undefined, low: number, high: number): boolean {
  return value === undefined || (value >= low && value <= high);
}

function dayOf(fields: DateFields): number | undefined {
  if (fields.weekYear !== undefined) {
    const week = fields.week ?? 1;
    const first = firstMondayOfWeekYear(fields.weekYear);
    if (week < 1 || first + (week - 1) * 7 >= firstMondayOfWeekYear(fields.weekYear + 1)) return undefined;
    if (!inRange(fields.dayOfWeek, 1, 7)) return undefined;
    return first + (week - 1) * 7 + (fields.dayOfWeek ?? 1) - 1;
  }
  const year = fields.year ?? 1970;
  if (fields.dayOfYear !== undefined) {
    if (!inRange(fields.dayOfYear, 1, isLeapYear(year) ? 366 : 365)) return undefined;
    return daysFromCivil(year, 1, 1) + fields.dayOfYear - 1;
  }
  const month = fields.month ?? 1;
  const day = fields.day ?? 1;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return daysFromCivil(year, month, day);
}

/** The instant of the fields, in milliseconds with a fraction for nanoseconds; undefined when there is no such date or time. */
export function resolveDateFields(fields: DateFields, defaults: DateDefaults): number | undefined {
  const days = dayOf(fields);
  if (days === undefined) return undefined;
  let hour = fields.hour;
  if (fields.clockHour !== undefined) {
    if (!inRange(fields.clockHour, 1, 12)) return undefined;
    hour = (fields.clockHour % 12) + (fields.pm === true ? 12 : 0);
  }
  const up = defaults.roundUp === true;
  hour ??= up ? 23 : 0;
  const minute = fields.minute ?? (up ? 59 : 0);
  const second = fields.second ?? (up ? 59 : 0);
  const nanos = fields.nanos ?? (up ? 999_999_999 : 0);
  if (!inRange(hour, 0, 23) || !inRange(minute, 0, 59) || !inRange(second, 0, 59)) return undefined;
  const zone = fields.zone ?? defaults.timeZone ?? UTC;
  const wholeSeconds = zone.toInstant(days * DAY_MS + (hour * 3600 + minute * 60 + second) * 1000);
  // Of the nines after the point only so many are added as do not round to the next millisecond.
  return wholeSeconds + Math.min(nanos / 1e6, 999.999);
}
