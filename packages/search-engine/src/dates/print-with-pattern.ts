import { civilFromDays, DAY_MS, dayOfWeek, daysFromCivil, weekOfDay } from './civil.ts';
import { DAY_NAMES, MONTH_NAMES } from './date-names.ts';
import type { PatternElement } from './date-pattern.ts';
import type { TimeZone } from './time-zone.ts';

/** Writes an instant as the local time of the zone; optional parts are written. */
export function printWithPattern(instantMs: number, elements: readonly PatternElement[], zone: TimeZone): string {
  const offsetMs = zone.offsetAt(instantMs);
  const local = instantMs + offsetMs;
  const days = Math.floor(local / DAY_MS);
  const printer = new Printer(days, local - days * DAY_MS, offsetMs, zone.id);
  return printer.print(elements);
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(width, '0');
  return value < 0 ? `-${digits}` : digits;
}

class Printer {
  readonly #days: number;
  readonly #timeOfDayMs: number;
  readonly #offsetMs: number;
  readonly #zoneId: string;

  constructor(days: number, timeOfDayMs: number, offsetMs: number, zoneId: string) {
    this.#days = days;
    this.#timeOfDayMs = timeOfDayMs;
    this.#offsetMs = offsetMs;
    this.#zoneId = zoneId;
  }

  print(elements: readonly PatternElement[]): string {
    let text = '';
    for (const element of elements) text += this.#element(element);
    return text;
  }

  #element(element: PatternElement): string {
    switch (element.kind) {
      case 'literal':
        return element.text;
      case 'number':
        return this.#number(element);
      case 'fraction':
        return pad(this.#nanos(), 9).slice(0, element.maxWidth);
      case 'name': {
        const name =
          element.of === 'month'
            ? MONTH_NAMES[civilFromDays(this.#days).month - 1]!
            : DAY_NAMES[dayOfWeek(this.#days) - 1]!;
        return element.full ? name : name.slice(0, 3);
      }
      case 'halfDay':
        return this.#hour() < 12 ? 'AM' : 'PM';
      case 'zone':
        return this.#zone(element);
      case 'optional':
        return this.print(element.elements);
    }
  }

  #hour(): number {
    return Math.floor(this.#timeOfDayMs / 3_600_000);
  }

  #nanos(): number {
    return Math.floor((this.#timeOfDayMs % 1000) * 1e6);
  }

  #number(element: PatternElement & { kind: 'number' }): string {
    const value = this.#value(element.field);
    if (element.base !== undefined) return pad(((value % 100) + 100) % 100, 2);
    const isYear = element.field === 'year' || element.field === 'weekYear';
    const text = pad(value, element.minWidth);
    return isYear && value > 9999 && element.minWidth === 4 ? `+${text}` : text;
  }

  #value(field: (PatternElement & { kind: 'number' })['field']): number {
    switch (field) {
      case 'year':
        return civilFromDays(this.#days).year;
      case 'month':
        return civilFromDays(this.#days).month;
      case 'day':
        return civilFromDays(this.#days).day;
      case 'dayOfYear':
        return this.#days - daysFromCivil(civilFromDays(this.#days).year, 1, 1) + 1;
      case 'weekYear':
        return weekOfDay(this.#days).weekYear;
      case 'week':
        return weekOfDay(this.#days).week;
      case 'dayOfWeek':
        return dayOfWeek(this.#days);
      case 'hour':
        return this.#hour();
      case 'clockHour':
        return ((this.#hour() + 11) % 12) + 1;
      case 'minute':
        return Math.floor(this.#timeOfDayMs / 60_000) % 60;
      case 'second':
        return Math.floor(this.#timeOfDayMs / 1000) % 60;
      case 'nanos':
        return this.#nanos();
    }
  }

  #zone(element: PatternElement & { kind: 'zone' }): string {
    if (element.region && element.colon === 'either') return this.#zoneId;
    if (element.zulu && this.#offsetMs === 0) return 'Z';
    const minutes = Math.abs(Math.trunc(this.#offsetMs / 60_000));
    const colon = element.colon === 'never' ? '' : ':';
    return `${this.#offsetMs < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${colon}${pad(minutes % 60, 2)}`;
  }
}
