import { randomUUID } from 'node:crypto';
import { endOfString } from './end-of-string.ts';

/** Stands before the digits of a number in a text that is parsed or was written; nobody outside can guess it. */
const MARK = randomUUID().slice(0, 13);
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** Whole numbers of so many digits are below 2^53. */
const SAFE_DIGITS = 15;
const QUOTE = 0x22;
const MINUS = 0x2d;

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
  const json = JSON.stringify(value);
  return json.includes(MARK) ? json.replace(MARKED, '$1') : json;
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
      const isWhole = !isOfNumber(json.charCodeAt(at + 1));
      if (isWhole && at - start < SAFE_DIGITS) continue;
      while (isOfNumber(json.charCodeAt(at + 1))) at++;
      const number = json.slice(start, at + 1);
      if (String(Number(number)) === number) continue;
      marked += `${json.slice(copied, start)}"${MARK}${number}"`;
      copied = at + 1;
    }
  }
  return copied === 0 ? undefined : marked + json.slice(copied);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Digits, signs, points and exponents. */
function isOfNumber(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;
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
