import type { QueryValue } from '@daybook/search-engine';
import { contentParseError, illegalArgument, numberFormatError, parsingError } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { type JsonObject, tokenOf } from '../json/json.ts';

/** The kinds of a query's options. `ignored` is read and has no effect. */
interface OptionTypes {
  string: string;
  /** A string, and nothing that could be taken for one. */
  text: string;
  number: number;
  integer: number;
  boolean: boolean;
  value: QueryValue;
  /** A list of strings, or one. */
  strings: readonly string[];
  ignored: undefined;
  /** Left as it stands, for the caller. */
  any: unknown;
}

/** The options of a query by name. */
export type OptionKinds = { readonly [name: string]: keyof OptionTypes };
/** The options that such kinds give; those that were not given are undefined. */
export type Options<K extends OptionKinds> = { readonly [N in keyof K]: OptionTypes[K[N]] | undefined };

const readers: { readonly [K in keyof OptionTypes]: (value: unknown, name: string, query: string) => OptionTypes[K] } =
  {
    string: (value, name, query) => String(scalar(value, name, query)),
    text: (value) => String(value),
    number: (value, name, query) => toNumber(scalar(value, name, query)),
    integer: (value, name, query) => Math.trunc(toNumber(scalar(value, name, query))),
    boolean: toBoolean,
    value: scalar,
    strings: (value, name, query) =>
      (Array.isArray(value) ? value : [value]).map((element) => String(scalar(element, name, query))),
    ignored: () => undefined,
    any: (value) => value,
  };

/** Reads an object's members by their kinds; null counts as absent, an unknown name is refused with the query's message. */
export function readOptions<const K extends OptionKinds>(
  query: string,
  object: JsonObject,
  kinds: K,
  unknownOption: (name: string) => Error = (name) => parsingError(`[${query}] query does not support [${name}]`),
): Options<K> {
  const options: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw unknownOption(name);
    if (value !== null) options[name] = readers[kind](value, name, query);
  }
  return options as Options<K>;
}

/** What is said of a value of a kind that its parser does not take. */
export function unsupportedToken(value: unknown, name: string, parser: string): Error {
  return contentParseError(`[${parser}] ${name} doesn't support values of type: ${tokenOf(value)}`);
}

/** A string, number or boolean; anything else is refused. */
export function scalar(value: unknown, name: string, query: string): QueryValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw parsingError(`[${query}] unknown token [${tokenOf(value)}] after [${name}]`);
}

/** A number, or text that is one; anything else is `number_format_exception`. */
export function toNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (typeof value === 'boolean' || !Number.isFinite(number)) throw numberFormatError(value);
  return number;
}

/** True or false, also as text. */
export function toBoolean(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw illegalArgument(`Failed to parse value [${showValue(value)}] as only [true] or [false] are allowed.`);
}
