import { ExactNumber } from './exact-json.ts';
import type { RawJson } from './raw-json.ts';

/** A parsed JSON object: only own properties count, whatever their names. */
export type JsonObject = { readonly [name: string]: unknown };

/** What an answer is made of. Undefined properties are left out; {@link RawJson} is spliced in as it stands. */
export type JsonTree =
  | null
  | undefined
  | boolean
  | number
  | string
  | RawJson
  | readonly JsonTree[]
  | { readonly [name: string]: JsonTree };

/** True for objects alone, not for arrays, null or an {@link ExactNumber}. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** An object without a prototype, safe to fill under names that a user chose. */
export function emptyObject<T = unknown>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** Sets a property under a name that a user chose; faster to read and write than an object without a prototype. */
export function setMember<T>(object: Record<string, T>, name: string, value: T): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

/** The value's token as Elasticsearch's messages name it. */
export function tokenOf(value: unknown): string {
  if (value === null || value === undefined) return 'VALUE_NULL';
  if (Array.isArray(value)) return 'START_ARRAY';
  if (value instanceof ExactNumber) return 'VALUE_NUMBER';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'string') return 'VALUE_STRING';
  return typeof value === 'number' ? 'VALUE_NUMBER' : 'VALUE_BOOLEAN';
}

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** The object type in which what may be undefined is optional instead. */
export type Defined<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: T[K] } & {
  [K in OptionalKeys<T>]?: Exclude<T[K], undefined>;
};

/** Drops the properties that are undefined. Their names are the code's own, never a user's. */
export function defined<T extends object>(object: T): Defined<T> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) if (value !== undefined) result[name] = value;
  return result as Defined<T>;
}
