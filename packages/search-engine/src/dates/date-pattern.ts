import { DaybookError } from '@daybook/errors';
import type { DateFields } from './date-fields.ts';

type NumberField =
  | 'year'
  | 'month'
  | 'day'
  | 'dayOfYear'
  | 'weekYear'
  | 'week'
  | 'dayOfWeek'
  | 'hour'
  | 'clockHour'
  | 'minute'
  | 'second'
  | 'nanos';

/** One part of a compiled pattern. Widths count digits. */
export type PatternElement =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'number';
      readonly field: NumberField & keyof DateFields;
      readonly minWidth: number;
      readonly maxWidth: number;
      /** Of two-digit years: what is added. */
      readonly base?: number;
    }
  | { readonly kind: 'fraction'; readonly minWidth: number; readonly maxWidth: number }
  | { readonly kind: 'name'; readonly of: 'month' | 'dayOfWeek'; readonly full: boolean }
  | { readonly kind: 'halfDay' }
  | {
      readonly kind: 'zone';
      /** Whether `Z` stands for zero. */
      readonly zulu: boolean;
      readonly colon: 'always' | 'never' | 'either';
      /** Whether a region's name may stand there. */
      readonly region: boolean;
    }
  | { readonly kind: 'optional'; readonly elements: readonly PatternElement[] };

/** Liberties of the named formats that a pattern of java.time cannot express. */
export interface PatternLeniency {
  /** Numbers may have fewer digits than letters. */
  readonly shortNumbers?: boolean;
  /** A fraction may have any number of digits from 1 to 9, and a zone any form of offset. */
  readonly anyFractionAndOffset?: boolean;
}

const NUMBER_LETTERS: Readonly<Record<string, NumberField>> = {
  y: 'year',
  u: 'year',
  M: 'month',
  L: 'month',
  d: 'day',
  D: 'dayOfYear',
  Y: 'weekYear',
  w: 'week',
  e: 'dayOfWeek',
  c: 'dayOfWeek',
  H: 'hour',
  h: 'clockHour',
  m: 'minute',
  s: 'second',
  n: 'nanos',
};
const KNOWN_LETTERS = 'GuyDMLdQqYwWEceFaBhKkHmsSAnNVvzOXxZp';

function invalid(pattern: string, reason: string): DaybookError {
  return new DaybookError('invalid-argument', `Invalid format: [${pattern}]: ${reason}`, {
    detail: { reason: 'illegal_argument_exception' },
  });
}

/** Compiles a pattern of java.time's DateTimeFormatter. Throws `invalid-argument` on a letter that it does not have. */
export function compileDatePattern(pattern: string, leniency: PatternLeniency = {}): readonly PatternElement[] {
  const stack: PatternElement[][] = [[]];
  let at = 0;
  while (at < pattern.length) {
    const letter = pattern[at]!;
    const elements = stack[stack.length - 1]!;
    if (letter === "'") {
      const [text, next] = quoted(pattern, at);
      elements.push({ kind: 'literal', text });
      at = next;
    } else if (letter === '[') {
      stack.push([]);
      at++;
    } else if (letter === ']') {
      if (stack.length === 1) throw invalid(pattern, 'Pattern invalid as it contains ] without previous [');
      stack.pop();
      stack[stack.length - 1]!.push({ kind: 'optional', elements });
      at++;
    } else if (/[A-Za-z]/.test(letter)) {
      let count = 1;
      while (pattern[at + count] === letter) count++;
      elements.push(elementOf(letter, count, pattern, leniency));
      at += count;
    } else {
      elements.push({ kind: 'literal', text: letter });
      at++;
    }
  }
  // An optional part may be left open at the end.
  while (stack.length > 1) {
    const elements = stack.pop()!;
    stack[stack.length - 1]!.push({ kind: 'optional', elements });
  }
  return fixAdjacent(stack[0]!);
}

function quoted(pattern: string, start: number): [text: string, next: number] {
  let text = '';
  let at = start + 1;
  while (at < pattern.length) {
    if (pattern[at] !== "'") text += pattern[at++];
    else if (pattern[at + 1] === "'") {
      text += "'";
      at += 2;
    } else return [text === '' ? "'" : text, at + 1];
  }
  throw invalid(pattern, `Pattern ends with an incomplete string literal: ${pattern}`);
}

function elementOf(letter: string, count: number, pattern: string, leniency: PatternLeniency): PatternElement {
  if (letter === 'S') {
    return leniency.anyFractionAndOffset
      ? { kind: 'fraction', minWidth: 1, maxWidth: 9 }
      : { kind: 'fraction', minWidth: count, maxWidth: count };
  }
  if (letter === 'a') return { kind: 'halfDay' };
  if ((letter === 'M' || letter === 'L') && count >= 3) return { kind: 'name', of: 'month', full: count === 4 };
  if (letter === 'E' || ((letter === 'e' || letter === 'c') && count >= 3)) {
    return { kind: 'name', of: 'dayOfWeek', full: count === 4 };
  }
  const zone = zoneElement(letter, count, leniency);
  if (zone !== undefined) return zone;
  const field = NUMBER_LETTERS[letter];
  if (field === undefined) {
    throw invalid(
      pattern,
      KNOWN_LETTERS.includes(letter)
        ? `Pattern letter is not supported: ${letter}`
        : `Unknown pattern letter: ${letter}`,
    );
  }
  if ((field === 'year' || field === 'weekYear') && count === 2) {
    return { kind: 'number', field, minWidth: 2, maxWidth: 2, base: 2000 };
  }
  const isYear = field === 'year' || field === 'weekYear';
  const minWidth = leniency.shortNumbers ? 1 : count;
  return { kind: 'number', field, minWidth, maxWidth: isYear ? 9 : Math.max(count, count === 1 ? 9 : 0) };
}

function zoneElement(letter: string, count: number, leniency: PatternLeniency): PatternElement | undefined {
  if (!'XxZVzOv'.includes(letter)) return undefined;
  if (leniency.anyFractionAndOffset) return { kind: 'zone', zulu: true, colon: 'either', region: true };
  if (letter === 'V' || letter === 'v' || letter === 'z') {
    return { kind: 'zone', zulu: true, colon: 'either', region: true };
  }
  if (letter === 'O') return { kind: 'zone', zulu: false, colon: 'either', region: true };
  const colon = (letter === 'Z' ? count === 5 : count === 3 || count === 5) ? 'always' : 'never';
  return { kind: 'zone', zulu: letter === 'X' || (letter === 'Z' && count === 5), colon, region: false };
}

/** Of numbers that follow each other without a separator, each but the last takes its smallest width. */
function fixAdjacent(elements: readonly PatternElement[]): readonly PatternElement[] {
  return elements.map((element, index) => {
    const next = elements[index + 1];
    if (element.kind === 'optional') return { ...element, elements: fixAdjacent(element.elements) };
    if (element.kind !== 'number' || (next?.kind !== 'number' && next?.kind !== 'fraction')) return element;
    return { ...element, maxWidth: element.minWidth };
  });
}
