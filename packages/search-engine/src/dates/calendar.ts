import { civilFromDays, DAY_MS, dayOfWeek, daysFromCivil, daysInMonth } from './civil.ts';
import type { TimeZone } from './time-zone.ts';

export type CalendarUnit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Units whose length never changes. */
const FIXED_MS: Readonly<Partial<Record<CalendarUnit, number>>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

function monthsOf(unit: CalendarUnit): number {
  return unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1;
}

/** The local day on which the unit that holds this local day begins. */
function startDay(days: number, unit: CalendarUnit): number {
  if (unit === 'day') return days;
  if (unit === 'week') return days - dayOfWeek(days) + 1;
  const { year, month } = civilFromDays(days);
  const months = monthsOf(unit);
  return daysFromCivil(year, month - ((month - 1) % months), 1);
}

/** The instant at which the unit that holds the instant begins, by the zone's clock. */
export function startOf(instantMs: number, unit: CalendarUnit, zone: TimeZone): number {
  const offsetMs = zone.offsetAt(instantMs);
  const local = instantMs + offsetMs;
  const fixedMs = FIXED_MS[unit];
  // Hours and less keep the instant's own offset, so that an hour that the clock shows twice stays two.
  if (fixedMs !== undefined) return Math.floor(local / fixedMs) * fixedMs - offsetMs;
  return zone.toInstant(startDay(Math.floor(local / DAY_MS), unit) * DAY_MS);
}

/** The instant some units later or earlier, by the zone's clock; a day that the month lacks becomes its last. */
export function addCalendar(instantMs: number, count: number, unit: CalendarUnit, zone: TimeZone): number {
  const fixedMs = FIXED_MS[unit];
  if (fixedMs !== undefined) return instantMs + count * fixedMs;
  const local = instantMs + zone.offsetAt(instantMs);
  const days = Math.floor(local / DAY_MS);
  const timeOfDay = local - days * DAY_MS;
  return zone.toInstant(addDays(days, count, unit) * DAY_MS + timeOfDay);
}

function addDays(days: number, count: number, unit: CalendarUnit): number {
  if (unit === 'day') return days + count;
  if (unit === 'week') return days + 7 * count;
  const { year, month, day } = civilFromDays(days);
  const first = daysFromCivil(year, month + count * monthsOf(unit), 1);
  const target = civilFromDays(first);
  return first + Math.min(day, daysInMonth(target.year, target.month)) - 1;
}
