import type { CalendarUnit } from './calendar.ts';
import { addCalendar, startOf } from './calendar.ts';
import type { TimeZone } from './time-zone.ts';

/** How a histogram cuts time. Starts and ends are instants in milliseconds. */
export interface Rounding {
  /** Where the interval of the instant begins. */
  start(instantMs: number): number;
  /** Where the next interval begins; greater than the start given. */
  next(startMs: number): number;
}

/** Intervals of the calendar by the zone's clock, each shifted by the offset. */
export function calendarRounding(unit: CalendarUnit, zone: TimeZone, offsetMs: number): Rounding {
  return {
    start: (instantMs) => startOf(instantMs - offsetMs, unit, zone) + offsetMs,
    next(startMs) {
      const start = startMs - offsetMs;
      const after = startOf(addCalendar(start, 1, unit, zone), unit, zone);
      // Where clocks go forward over an interval's begin, its instant and the sum's may fall together.
      return (after > start ? after : startOf(addCalendar(start, 2, unit, zone), unit, zone)) + offsetMs;
    },
  };
}

/** Intervals of one length by the zone's clock, each shifted by the offset. */
export function fixedRounding(intervalMs: number, zone: TimeZone, offsetMs: number): Rounding {
  const start = (instantMs: number): number => {
    const shifted = instantMs - offsetMs;
    const local = shifted + zone.offsetAt(shifted);
    return zone.toInstant(Math.floor(local / intervalMs) * intervalMs) + offsetMs;
  };
  if (zone.fixedOffsetMs !== undefined) return { start, next: (startMs) => startMs + intervalMs };
  return {
    // An interval that holds a change of the clocks may seem to begin after the instant that it holds.
    start: (instantMs) => Math.min(start(instantMs), instantMs),
    next(startMs) {
      const local = startMs - offsetMs + zone.offsetAt(startMs - offsetMs);
      const after = zone.toInstant(local + intervalMs) + offsetMs;
      return after > startMs ? after : startMs + intervalMs;
    },
  };
}
