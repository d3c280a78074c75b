import { illegalArgument } from '../errors/errors.ts';
import { ExactNumber } from '../json/exact-json.ts';
import { emptyObject } from '../json/json.ts';

const MAX_DIGITS = 1000;

/** A value of a script: maps and lists are changed in place; a `bigint` is a whole number, a `number` a double. */
export type Value = null | boolean | string | number | bigint | Value[] | Map<string, Value>;

/** Parsed JSON as a script sees it. */
export function valueFrom(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueFrom);
  if (typeof json === 'number') return Number.isInteger(json) ? BigInt(json) : json;
  if (json instanceof ExactNumber) return numberFrom(json.text);
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json !== 'object' || json === null) return null;
  return new Map(Object.entries(json).map(([name, value]) => [name, valueFrom(value)]));
}

/** A value as JSON. */
export function jsonOf(value: Value): unknown {
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === 'bigint') return wholeNumber(value);
  // A double stays one, whatever its value is: a new field is mapped by it.
  if (Number.isInteger(value)) return new ExactNumber(textOf(value));
  if (!(value instanceof Map)) return value;
  const object = emptyObject();
  for (const [name, member] of value) object[name] = jsonOf(member);
  return object;
}

function numberFrom(text: string): number | bigint {
  if (/[.eE]/.test(text)) return Number(text);
  if (text.length <= MAX_DIGITS) return BigInt(text);
  throw illegalArgument(`a number in a script has at most [${MAX_DIGITS}] digits, got [${text.length}]`);
}

function wholeNumber(value: bigint): number | ExactNumber {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : new ExactNumber(String(value));
}

/** Equality of Painless: of numbers whatever their kind, of lists and maps by what they hold. */
export function sameValue(a: Value, b: Value): boolean {
  if (isNumber(a) && isNumber(b)) return Number(a) === Number(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, at) => sameValue(element, b[at] ?? null));
  }
  if (a instanceof Map && b instanceof Map) {
    return a.size === b.size && [...a].every(([name, value]) => b.has(name) && sameValue(value, b.get(name) ?? null));
  }
  return a === b;
}

export function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The value as text, as it is when added to text. */
export function textOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map(([name, member]) => `${name}=${textOf(member)}`).join(', ')}}`;
  return typeof value === 'number' && Number.isInteger(value) ? value.toFixed(1) : String(value);
}
