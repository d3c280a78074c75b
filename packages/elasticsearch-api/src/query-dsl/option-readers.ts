import { DaybookError } from '@daybook/errors';
import type { QueryValue } from '@daybook/search-engine';
import { contentParseError, illegalArgument, numberFormatError, parsingError } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { type JsonObject, tokenOf } from '../json/json.ts';

/** The kinds of a query's options. `ignored` is read and has no effect. */
interface OptionTypes {
  string: string;
  /** A string, also given as a number. */
  stringOrNumber: string;
  /** A string; null counts as absent. */
  stringOrNull: string;
  /** A string, and nothing that could be taken for one. */
  text: string;
  number: number;
  integer: number;
  /** An integer of up to 64 bits. */
  long: number;
  boolean: boolean;
  value: QueryValue;
  /** A list of strings, or one. */
  strings: readonly string[];
  ignored: undefined;
  /** A time span: a string, or a number of milliseconds. */
  time: string;
  /** A time zone: a string, or a number of hours. */
  zone: string;
  /** How a query of many terms is scored; it is checked, and has no effect. */
  rewrite: undefined;
  /** Left as they stand, for the caller. */
  any: unknown;
  object: unknown;
  /** An object, or a list of them. */
  objects: unknown;
  /** A string, an object, or a list. */
  objectsOrString: unknown;
  /** Numbers, or one. */
  numbers: unknown;
}

/** The options of a query by name. */
export type OptionKinds = { readonly [name: string]: keyof OptionTypes };
/** The options that such kinds give; those that were not given are undefined. */
export type Options<K extends OptionKinds> = { readonly [N in keyof K]: OptionTypes[K[N]] | undefined };

const asItStands = (value: unknown): unknown => value;

const readers: { readonly [K in keyof OptionTypes]: (value: unknown, name: string, query: string) => OptionTypes[K] } =
  {
    string: (value, name, query) => String(scalar(value, name, query)),
    stringOrNumber: (value, name, query) => String(scalar(value, name, query)),
    stringOrNull: String,
    text: String,
    number: (value, name, query) => toNumber(scalar(value, name, query)),
    integer: (value, name, query) => toInteger(scalar(value, name, query)),
    long: toLong,
    boolean: contentBoolean,
    value: scalar,
    strings: (value, name, query) =>
      (Array.isArray(value) ? value : [value]).map((element) => String(scalar(element, name, query))),
    ignored: () => undefined,
    time: (value) => (typeof value === 'number' ? `${Math.trunc(value)}ms` : String(value)),
    zone: (value) => (typeof value === 'number' ? zoneOfHours(Math.trunc(value)) : String(value)),
    rewrite: (value, name, query) => checkRewrite(String(scalar(value, name, query))),
    any: asItStands,
    object: asItStands,
    objects: asItStands,
    objectsOrString: asItStands,
    numbers: asItStands,
  };

const MAX_INTEGER = 2 ** 31 - 1;
const NUMBER = ['VALUE_NUMBER', 'VALUE_STRING'];
const OBJECTS = ['START_OBJECT', 'START_ARRAY'];

/** The tokens that a content parser takes for each kind; kinds that are not listed are the reader's own matter. */
const TOKENS: { readonly [K in keyof OptionTypes]?: readonly string[] } = {
  string: ['VALUE_STRING'],
  stringOrNumber: NUMBER,
  stringOrNull: ['VALUE_STRING', 'VALUE_NULL'],
  strings: ['START_ARRAY', 'VALUE_STRING'],
  text: ['VALUE_STRING'],
  number: NUMBER,
  integer: NUMBER,
  long: NUMBER,
  time: NUMBER,
  zone: NUMBER,
  boolean: ['VALUE_BOOLEAN', 'VALUE_STRING'],
  value: ['VALUE_BOOLEAN', 'VALUE_NULL', ...NUMBER],
  object: ['START_OBJECT'],
  objects: OBJECTS,
  objectsOrString: [...OBJECTS, 'VALUE_STRING'],
  numbers: ['START_ARRAY', ...NUMBER],
};

/** Refuses a value whose token a content parser does not take for an option of that kind. */
export function checkToken(kind: keyof OptionTypes, value: unknown, name: string, parser: string): void {
  if (TOKENS[kind]?.includes(tokenOf(value)) === false) throw unsupportedToken(value, name, parser);
}

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

/** Refuses null for an option, as the queries do that take a text apart. */
export function refuseNulls(query: string, body: JsonObject): void {
  for (const [name, value] of Object.entries(body)) if (value === null) scalar(value, name, query);
}

/** Refuses tokens that a content parser does not take for such options. */
export function checkTokens(parser: string, body: JsonObject, kinds: OptionKinds): void {
  for (const [name, value] of Object.entries(body)) {
    if (Object.hasOwn(kinds, name)) checkToken(kinds[name]!, value, name, parser);
  }
}

/** A string, number or boolean; anything else is refused. */
export function scalar(value: unknown, name: string, query: string): QueryValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw parsingError(`[${query}] unknown token [${tokenOf(value)}] after [${name}]`);
}

/** A number, or text that is one; anything else is `number_format_exception`. */
export function toNumber(value: unknown): number {
  if (typeof value === 'string' && value.trim() === '') {
    throw new DaybookError('invalid-argument', 'empty String', { detail: { reason: 'number_format_exception' } });
  }
  const number = Number(value);
  if ((typeof value !== 'string' && typeof value !== 'number') || !Number.isFinite(number))
    throw numberFormatError(value);
  return number;
}

/** A whole number of 32 bits, or text that is one, of which a fraction is cut off; anything else is refused. */
function toInteger(value: unknown): number {
  const integer = Math.trunc(toNumber(value));
  if (typeof value !== 'number' || (integer >= -MAX_INTEGER - 1 && integer <= MAX_INTEGER)) return integer;
  throw new DaybookError(
    'invalid-argument',
    `Numeric value (${value}) out of range of int (${-MAX_INTEGER - 1} - ${MAX_INTEGER})`,
    { detail: { reason: 'input_coercion_exception' } },
  );
}

/** A whole number, or text that is one, of which a fraction is cut off; anything else is refused. */
function toLong(value: unknown): number {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw illegalArgument(`For input string: "${value}"`);
  return Math.trunc(number);
}

const REWRITE = /^(?:constant_score|scoring_boolean|constant_score_boolean|top_terms(?:_boost|_blended_freqs)?_\d+)$/;

function checkRewrite(method: string): undefined {
  if (!REWRITE.test(method)) throw illegalArgument(`Failed to parse rewrite_method [${method}]`);
}

function zoneOfHours(hours: number): string {
  return `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
}

/** As {@link toBoolean}, of a body. compat: an empty text is false. */
export function contentBoolean(value: unknown): boolean {
  return value !== '' && toBoolean(value);
}

/** True or false, also as text. */
export function toBoolean(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw illegalArgument(`Failed to parse value [${showValue(value)}] as only [true] or [false] are allowed.`);
}
