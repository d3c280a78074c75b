import { randomUUID } from 'node:crypto';
import { endOfString } from '@daybook/search-engine';

/** Stands before the digits of a number in a text that is parsed or was written; nobody outside can guess it. */
const MARK = randomUUID().slice(0, 13);
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** Whole numbers of so many digits are below 2^53. */
const SAFE_DIGITS = 15;
/** Numbers that are no less than 10^-6 are written without an exponent. */
const SAFE_DECIMALS = 6;
const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/** A number that JavaScript would write with other digits: beyond 2^53, with a zero at its end, or with an exponent. */
export class ExactNumber {
  /** As it stood in the JSON. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return MARK + this.text;
  }
}

/** Whether a valid JSON text has numbers that lose digits when it is parsed and written again; most have none. */
export function losesDigits(json: string): boolean {
  return markNumbers(json) !== undefined;
}

/** Parses valid JSON like `JSON.parse`, with an {@link ExactNumber} for each number that would not keep its digits. */
export function parseExactJson(json: string): unknown {
  const marked = markNumbers(json);
  if (marked === undefined) return JSON.parse(json);
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  );
}

/** Writes what {@link parseExactJson} gave, each number with its digits. */
export function writeExactJson(value: unknown): string {
  return encodeExactJson(value).json;
}

/** The same, and whether there is no {@link ExactNumber} in the value. */
export function encodeExactJson(value: unknown): { readonly json: string; readonly isPlain: boolean } {
  const json = JSON.stringify(value);
  const isPlain = !json.includes(MARK);
  return { json: isPlain ? json : json.replace(MARKED, '$1'), isPlain };
}

/** The text with a marked string for each number that would lose digits; undefined when there is none. Strings are leapt over, which makes it cheap. */
function markNumbers(json: string): string | undefined {
  let marked = '';
  let copied = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at) - 1;
    else if (code === MINUS || isDigit(code)) {
      const start = at;
      while (isDigit(json.charCodeAt(at + 1))) at++;
      const point = at + 1;
      if (json.charCodeAt(point) === POINT) for (at++; isDigit(json.charCodeAt(at + 1)); ) at++;
      if (!isOfNumber(json.charCodeAt(at + 1)) && hasFewDigits(json, start, point, at + 1)) continue;
      while (isOfNumber(json.charCodeAt(at + 1))) at++;
      const number = json.slice(start, at + 1);
      if (String(Number(number)) === number) continue;
      // compat: the real product, too, makes 0 of -0.
      marked += json.slice(copied, start) + (number === '-0' ? '0' : `"${MARK}${number}"`);
      copied = at + 1;
    }
  }
  return copied === 0 ? undefined : marked + json.slice(copied);
}

/** Whether a number from `start` to before `end`, which has no exponent, surely keeps its digits: that it does most often is cheap to see. */
function hasFewDigits(json: string, start: number, point: number, end: number): boolean {
  const isZero = json.charCodeAt(end - 1) === ZERO;
  if (end === point) return end - start <= SAFE_DIGITS && !(isZero && json.charCodeAt(end - 2) === MINUS);
  return end - start <= SAFE_DIGITS + 1 && end - point <= SAFE_DECIMALS + 1 && !isZero;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

/** Digits, signs, points and exponents. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === POINT || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;
}

/** compat: whole numbers are the same when their digits are, those with a point or an exponent when they are the same double. */
export function sameNumber(a: number | ExactNumber, b: number | ExactNumber): boolean {
  const [first, second] = [literal(a), literal(b)];
  const isDecimal = /[.eE]/.test(first);
  if (isDecimal !== /[.eE]/.test(second)) return false;
  return isDecimal ? Number(first) === Number(second) : first === second;
}

function literal(number: number | ExactNumber): string {
  return typeof number === 'number' ? String(number) : number.text;
}
