import type { DateFields } from './date-fields.ts';
import { DAY_NAMES, MONTH_NAMES } from './date-names.ts';
import type { PatternElement } from './date-pattern.ts';
import { findTimeZone } from './time-zone.ts';

const OFFSET_AT = /[+-]\d{2}(:?\d{2}(:?\d{2})?)?/y;
const REGION_AT = /[A-Za-z][A-Za-z0-9_/]*(?:[+-]\d{1,2})?/y;

/** Reads the whole text; undefined when it does not follow the pattern. */
export function parseWithPattern(text: string, elements: readonly PatternElement[]): DateFields | undefined {
  const fields: DateFields = {};
  return readElements(text, 0, elements, fields) === text.length ? fields : undefined;
}

/** The position after the elements, or -1. Fields of a failed optional part are taken back. */
function readElements(text: string, start: number, elements: readonly PatternElement[], fields: DateFields): number {
  let at = start;
  for (const element of elements) {
    at = readElement(text, at, element, fields);
    if (at < 0) return -1;
  }
  return at;
}

function readElement(text: string, at: number, element: PatternElement, fields: DateFields): number {
  switch (element.kind) {
    case 'literal':
      return text.startsWith(element.text, at) ? at + element.text.length : -1;
    case 'number':
      return readNumber(text, at, element, fields);
    case 'fraction': {
      const width = digitsAt(text, at, element.maxWidth);
      if (width < element.minWidth) return -1;
      fields.nanos = Number(text.slice(at, at + width).padEnd(9, '0'));
      return at + width;
    }
    case 'name':
      return readName(text, at, element, fields);
    case 'halfDay': {
      const half = text.slice(at, at + 2);
      if (half !== 'AM' && half !== 'PM') return -1;
      fields.pm = half === 'PM';
      return at + 2;
    }
    case 'zone':
      return readZone(text, at, element, fields);
    case 'optional': {
      const attempt = { ...fields };
      const end = readElements(text, at, element.elements, attempt);
      if (end < 0) return at;
      Object.assign(fields, attempt);
      return end;
    }
  }
}

function digitsAt(text: string, at: number, maxWidth: number): number {
  let width = 0;
  while (width < maxWidth) {
    const code = text.charCodeAt(at + width);
    if (!(code >= 48 && code <= 57)) break;
    width++;
  }
  return width;
}

function readNumber(
  text: string,
  start: number,
  element: PatternElement & { kind: 'number' },
  fields: DateFields,
): number {
  let at = start;
  let sign = 1;
  let maxWidth = element.maxWidth;
  const isYear = (element.field === 'year' || element.field === 'weekYear') && element.base === undefined;
  if (isYear && (text[at] === '-' || text[at] === '+')) {
    sign = text[at] === '-' ? -1 : 1;
    at++;
  } else if (isYear && element.minWidth === 4) {
    maxWidth = 4;
  }
  const width = digitsAt(text, at, maxWidth);
  if (width < element.minWidth) return -1;
  fields[element.field] = sign * (Number(text.slice(at, at + width)) + (element.base ?? 0));
  return at + width;
}

function readName(text: string, at: number, element: PatternElement & { kind: 'name' }, fields: DateFields): number {
  const names = element.of === 'month' ? MONTH_NAMES : DAY_NAMES;
  for (const [index, name] of names.entries()) {
    const expected = element.full ? name : name.slice(0, 3);
    if (!text.startsWith(expected, at)) continue;
    // The name of a day beside a date adds nothing to it.
    if (element.of === 'month') fields.month = index + 1;
    else fields.dayOfWeek = index + 1;
    return at + expected.length;
  }
  return -1;
}

function readZone(text: string, at: number, element: PatternElement & { kind: 'zone' }, fields: DateFields): number {
  OFFSET_AT.lastIndex = at;
  const offset = OFFSET_AT.exec(text);
  let name = offset?.[0];
  if (offset !== null && element.colon !== 'either' && offset[1] !== undefined) {
    if (offset[1].startsWith(':') !== (element.colon === 'always')) return -1;
  }
  if (name === undefined && element.region) {
    REGION_AT.lastIndex = at;
    name = REGION_AT.exec(text)?.[0];
  }
  if (name === undefined && element.zulu && text[at] === 'Z') name = 'Z';
  const zone = name === undefined ? undefined : findTimeZone(name);
  if (name === undefined || zone === undefined) return -1;
  fields.zone = zone;
  return at + name.length;
}
