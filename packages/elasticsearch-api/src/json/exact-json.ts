import { randomUUID } from 'node:crypto';

/** Stands before the digits of a number in a text that is parsed or was written; nobody outside can guess it. */
const MARK = randomUUID().slice(0, 13);
const MARKED = new RegExp(`"${MARK}([^"]*)"`, 'g');

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

const SUSPECT = /[:[,]\s*-?\d(?:[\d.]{15}|\d*(?:\.\d+)?[eE]|\d*\.\d*0\s*[,}\]])/;
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[-+.\deE]*/g;

/**
 * Whether a JSON text may have numbers that lose digits when it is parsed and written again. Most texts have none, and this is told in a fraction
 * of the time that parsing them takes.
 */
export function mayLoseDigits(json: string): boolean {
  return SUSPECT.test(json);
}

/** Parses valid JSON like `JSON.parse`, with an {@link ExactNumber} for each number that would not keep its digits. */
export function parseExactJson(json: string): unknown {
  if (!mayLoseDigits(json)) return JSON.parse(json);
  const marked = json.replace(TOKEN, (token) =>
    token.startsWith('"') || token === '-0' || String(Number(token)) === token ? token : `"${MARK}${token}"`,
  );
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  );
}

/** Writes what {@link parseExactJson} gave, each number with its digits. */
export function writeExactJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes(MARK) ? json.replace(MARKED, '$1') : json;
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
