import { DaybookError } from '@daybook/errors';
import { parseInstant } from './instant.ts';
import { isEmptyValue, isJsonObject, isTooDeep, type Json, type JsonObject } from './json.ts';

/** The error of a member that makes the whole message unusable. */
function wrongType(name: string, expected: string, value: unknown): DaybookError {
  return new DaybookError(
    'invalid-argument',
    `"${name}" must be ${expected}, not ${JSON.stringify(value).slice(0, 80)}`,
  );
}

/**
 * A reader takes the member `name` from a message: undefined when it says nothing or cannot be parsed, 'invalid-argument'
 * when it is of a type that makes the whole message unusable.
 */
export type FieldReader<T> = (message: JsonObject, name: string) => T | undefined;

/** Text; any other type is wrong. */
export const text: FieldReader<string> = (message, name) => {
  const value = message[name];
  if (isEmptyValue(value)) return undefined;
  if (typeof value !== 'string') throw wrongType(name, 'a string', value);
  return value;
};

/** An object, or the text of one. */
export const object: FieldReader<JsonObject> = (message, name) => {
  const value = unwrapped(message[name]);
  if (isEmptyValue(value)) return undefined;
  if (isJsonObject(value)) return value;
  if (typeof message[name] === 'string') return undefined;
  throw wrongType(name, 'an object', value);
};

/** An array of strings, or the text of one; items of other types are left out. */
export const texts: FieldReader<readonly string[]> = (message, name) => {
  const value = unwrapped(message[name]);
  if (isEmptyValue(value)) return undefined;
  if (Array.isArray(value)) {
    const found = value.filter((item) => typeof item === 'string' && item !== '');
    return found.length === 0 ? undefined : found;
  }
  if (typeof message[name] === 'string') return undefined;
  throw wrongType(name, 'an array of strings', value);
};

/** An integer from 1; any other value is wrong. */
export const attempt: FieldReader<number> = (message, name) => {
  const value = message[name];
  if (isEmptyValue(value)) return undefined;
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw wrongType(name, 'an integer from 1', value);
  return value as number;
};

/** A finite number, or the text of one; never −0, which JSON does not keep. */
export const number: FieldReader<number> = (message, name) => {
  const value = message[name];
  if (isEmptyValue(value) || (typeof value !== 'number' && typeof value !== 'string')) return undefined;
  return Number.isFinite(Number(value)) ? Number(value) + 0 : undefined;
};

/** A number that is brought into 0 to 100. */
export const percentage: FieldReader<number> = (message, name) => {
  const value = number(message, name);
  return value === undefined ? undefined : Math.min(100, Math.max(0, value));
};

/** A whole number, which fits the mapping's integer types. */
export const integer: FieldReader<number> = (message, name) => {
  const value = number(message, name);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
};

/** An instant, in the spelling of `parseInstant`. */
export const instant: FieldReader<string> = (message, name) => parseInstant(message[name]);

/** Any value that says something. */
export const json: FieldReader<NonNullable<Json>> = (message, name) => {
  const value = message[name];
  return value === undefined || value === null || isEmptyValue(value) ? undefined : value;
};

/** What a JSON text says; another value as it is. */
function unwrapped(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  try {
    const parsed = JSON.parse(value) as Json;
    return isTooDeep(parsed) ? undefined : parsed;
  } catch {
    return undefined;
  }
}
