import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalendarUnit } from './calendar.ts';
import type { Rounding } from './rounding.ts';
import { calendarRounding, fixedRounding } from './rounding.ts';
import { parseTimeZone } from './time-zone.ts';

const iso = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 16);

test('a day of the calendar is as long as the clock makes it', () => {
  const paris = calendarRounding('day', parseTimeZone('Europe/Paris'), 0);
  const starts = [Date.parse('2024-03-30T12:00Z')].map(paris.start);
  for (let i = 0; i < 3; i++) starts.push(paris.next(starts[starts.length - 1]!));
  expect(starts.map(iso)).toEqual(['2024-03-29T23:00', '2024-03-30T23:00', '2024-03-31T22:00', '2024-04-01T22:00']);
});

test('an hour that the clock shows twice is two intervals', () => {
  const hours = calendarRounding('hour', parseTimeZone('Europe/Paris'), 0);
  expect(['2024-10-27T00:30Z', '2024-10-27T01:30Z'].map((at) => iso(hours.start(Date.parse(at))))).toEqual([
    '2024-10-27T00:00',
    '2024-10-27T01:00',
  ]);
});

test('every instant lies in its interval, and intervals follow each other without a gap', () => {
  const zone = fc
    .constantFrom('Z', '+05:30', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe')
    .map(parseTimeZone);
  const offset = fc.constantFrom(0, 3_600_000, -1_800_000);
  const unit = fc.constantFrom<CalendarUnit>('minute', 'hour', 'day', 'week', 'month', 'quarter', 'year');
  const calendar = fc.tuple(unit, zone, offset).map((parts): Rounding => calendarRounding(...parts));
  const length = fc.constantFrom(1000, 90_000, 3_600_000, 86_400_000, 30 * 86_400_000);
  const fixed = fc
    .tuple(length, fc.constantFrom('Z', '+05:30').map(parseTimeZone), offset)
    .map((parts): Rounding => fixedRounding(...parts));
  const instant = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2030, 0, 1) });
  fc.assert(
    fc.property(fc.oneof(calendar, fixed), instant, (rounding, instantMs) => {
      const start = rounding.start(instantMs);
      const next = rounding.next(start);
      expect(start).toBeLessThanOrEqual(instantMs);
      expect(next).toBeGreaterThan(instantMs);
      expect(rounding.start(start)).toBe(start);
      expect(rounding.start(next)).toBe(next);
      expect(rounding.start(next - 1)).toBe(start);
    }),
  );
});
