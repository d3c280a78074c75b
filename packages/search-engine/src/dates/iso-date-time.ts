import type { DateFields } from './date-fields.ts';
import { findTimeZone } from './time-zone.ts';

const DASH = 45;
const PLUS = 43;
const COLON = 58;
const LETTER_T = 84;

/**
 * Reads `yyyy[-MM[-dd['T'[HH[:mm[:ss[.SSSSSSSSS]]]][zone]]]]`: the formats `strict_date_optional_time` and `date_optional_time`, which take
 * most dates that are ever indexed and are therefore read without a pattern. Undefined when the text is something else.
 */
export function parseIsoDateTime(text: string, strict: boolean): DateFields | undefined {
  const reader = new DigitReader(text);
  const fields: DateFields = {};
  const year = readYear(reader, strict);
  if (year === undefined) return undefined;
  fields.year = year;
  const width = strict ? 2 : 1;
  if (reader.take(DASH)) {
    fields.month = reader.digits(width, 2);
    if (fields.month === undefined) return undefined;
    if (reader.take(DASH)) {
      fields.day = reader.digits(width, 2);
      if (fields.day === undefined) return undefined;
    }
  }
  if (reader.atEnd()) return fields;
  if (!reader.take(LETTER_T)) return undefined;
  if (reader.atEnd()) return fields;
  return readTime(reader, fields, width);
}

function readYear(reader: DigitReader, strict: boolean): number | undefined {
  const negative = reader.take(DASH);
  const signed = negative || (strict && reader.take(PLUS));
  // compat: a long number without a sign is no year, so that `date_optional_time||epoch_millis` reads it as an instant.
  const year = reader.digits(strict ? 4 : 1, strict ? (signed ? 9 : 4) : 5);
  if (year === undefined) return undefined;
  return negative ? -year : year;
}

function readTime(reader: DigitReader, fields: DateFields, width: number): DateFields | undefined {
  fields.hour = reader.digits(width, 2);
  if (fields.hour === undefined) return undefined;
  if (reader.take(COLON)) {
    fields.minute = reader.digits(width, 2);
    if (fields.minute === undefined) return undefined;
    if (reader.take(COLON)) {
      fields.second = reader.digits(width, 2);
      if (fields.second === undefined) return undefined;
      if (reader.take(46) || reader.take(44)) {
        fields.nanos = reader.fraction();
        if (fields.nanos === undefined) return undefined;
      }
    }
  }
  if (reader.atEnd()) return fields;
  const zone = findTimeZone(reader.rest());
  if (zone === undefined) return undefined;
  fields.zone = zone;
  return fields;
}

/** Reads digits of a text from left to right. */
class DigitReader {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.position === this.#text.length;
  }

  rest(): string {
    return this.#text.slice(this.position);
  }

  take(code: number): boolean {
    if (this.#text.charCodeAt(this.position) !== code) return false;
    this.position++;
    return true;
  }

  digits(atLeast: number, atMost: number): number | undefined {
    const start = this.position;
    let value = 0;
    while (this.position - start < atMost) {
      const digit = this.#text.charCodeAt(this.position) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      this.position++;
    }
    return this.position - start < atLeast ? undefined : value;
  }

  /** One to nine digits after the point, as nanoseconds. */
  fraction(): number | undefined {
    const start = this.position;
    const value = this.digits(1, 9);
    return value === undefined ? undefined : value * 10 ** (9 - (this.position - start));
  }
}
