import { isDaybookError } from '@daybook/errors';
import { javaText } from './java-text.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';

/** One parameter of a field type, such as `ignore_above`. */
export interface Parameter<T> {
  readonly default: T;
  /** Whether it may differ when the field is given again. */
  readonly updatable: boolean;
  /** Whether it is shown whenever it was given, even as the default. */
  readonly explicit?: boolean;
  /** What the default is called when it is in the way of a change. */
  readonly shownDefault?: string;
  /** Whether it means nothing, and is never shown. */
  readonly isUnused?: boolean;
  /** Whether null stands for the default. */
  readonly acceptsNull?: boolean;
  parse(value: unknown, name: string, path: string): T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type ParameterValues<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

interface ParameterChoice {
  readonly updatable?: boolean;
  readonly explicit?: boolean;
  readonly shownDefault?: string;
}

/** `true` and `false`, also as strings. */
export function booleanOf(value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw mappingError(
    'illegal_argument_exception',
    `Failed to parse value [${javaText(value)}] as only [true] or [false] are allowed.`,
  );
}

export function booleanParameter(byDefault: boolean, choice: ParameterChoice = {}): Parameter<boolean> {
  return { default: byDefault, updatable: false, ...choice, parse: booleanOf };
}

/** A number, also one as a string; anything else as it is. */
export function numberOf(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

export function integerParameter(
  byDefault: number,
  choice: ParameterChoice & { min?: number } = {},
): Parameter<number> {
  const { min = 0, ...rest } = choice;
  return {
    default: byDefault,
    updatable: false,
    ...rest,
    parse(value, name, path) {
      const number = numberOf(value);
      if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > 2_147_483_647) {
        throw mapperParsingError(
          `[${name}] of field [${path}] must be an integer from ${min} to 2147483647, got [${javaText(value)}]`,
        );
      }
      return number;
    },
  };
}

/** A parameter that is taken and means nothing, whatever its value. */
export function unusedParameter(): Parameter<undefined> {
  return { default: undefined, updatable: true, acceptsNull: true, isUnused: true, parse: () => undefined };
}

/** What the scores of a field's terms are multiplied by; 1 counts as not given. */
export function boostParameter(): Parameter<number | undefined> {
  const number = numberParameter({ updatable: true });
  return {
    ...number,
    parse(value, name, path) {
      const boost = number.parse(value, name, path);
      return boost === 1 ? undefined : boost;
    },
  };
}

/** A finite number; undefined until given. */
export function numberParameter(choice: ParameterChoice = {}): Parameter<number | undefined> {
  return {
    default: undefined,
    updatable: false,
    ...choice,
    parse(value, name, path) {
      const number = numberOf(value);
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      throw mapperParsingError(`[${name}] of field [${path}] must be a number, got [${javaText(value)}]`);
    },
  };
}

/** A string, or one of the choices when they are given. */
export function stringParameter(
  byDefault: string | undefined,
  choice: ParameterChoice & { readonly among?: readonly string[] } = {},
): Parameter<string | undefined> {
  const { among, ...rest } = choice;
  return {
    default: byDefault,
    updatable: false,
    ...rest,
    parse(value, name, path) {
      if (value === null || typeof value === 'object') {
        throw mapperParsingError(`[${name}] of field [${path}] must be a string, got [${JSON.stringify(value)}]`);
      }
      const text = javaText(value);
      if (among !== undefined && !among.includes(text)) {
        throw mapperParsingError(
          `Unknown value [${text}] for field [${name}] - accepted values are [${among.join(', ')}]`,
        );
      }
      return text;
    },
  };
}

/** Any JSON; kept and answered. */
export function jsonParameter(choice: ParameterChoice = {}): Parameter<unknown> {
  return { default: undefined, updatable: true, ...choice, parse: (value) => value };
}

/** The name of how terms are scored, which the index has to know; null for its default. */
export function similarityParameter(): Parameter<string | undefined> {
  return { default: undefined, updatable: false, acceptsNull: true, parse: javaText };
}

const MOST_META = 5;
const LONGEST_META_KEY = 20;
const LONGEST_META_VALUE = 50;

/** What users note about a field: a few short texts by short names. */
export function metaParameter(): Parameter<unknown> {
  return {
    ...jsonParameter(),
    parse(value, _, path) {
      const on = `for field [${path}]`;
      if (!isJsonObject(value)) throw mapperParsingError(`[meta] must be an object, got ${classText(value)} ${on}`);
      const entries = Object.entries(value);
      if (entries.length > MOST_META) {
        throw mapperParsingError(
          `[meta] can't have more than ${MOST_META} entries, but got ${entries.length} on field [${path}]`,
        );
      }
      for (const [key, text] of entries) {
        if (key.length > LONGEST_META_KEY) {
          throw mapperParsingError(
            `[meta] keys can't be longer than ${LONGEST_META_KEY} chars, but got [${key}] ${on}`,
          );
        }
        if (typeof text !== 'string') {
          throw mapperParsingError(`[meta] values can only be strings, but got ${classText(text)} ${on}`);
        }
        if (text.length > LONGEST_META_VALUE) {
          throw mapperParsingError(
            `[meta] values can't be longer than ${LONGEST_META_VALUE} chars, but got [${text}] ${on}`,
          );
        }
      }
      return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** A value with the name of its class in Java. */
function classText(value: unknown): string {
  if (value === null) return 'null';
  const name = Array.isArray(value)
    ? 'ArrayList'
    : typeof value === 'number'
      ? Number.isInteger(value)
        ? 'Integer'
        : 'Double'
      : typeof value === 'boolean'
        ? 'Boolean'
        : typeof value === 'string'
          ? 'String'
          : 'LinkedHashMap';
  return `${name}[${javaText(value)}]`;
}

/** A list of strings, or one string for a list of one. */
export function stringsParameter(choice: ParameterChoice = {}): Parameter<readonly string[]> {
  return {
    default: [],
    updatable: true,
    ...choice,
    parse: (value) => (Array.isArray(value) ? value.map(javaText) : [javaText(value)]),
  };
}

/** Reads the parameters of a field; a name that the type does not have is a `mapper_parsing_exception`. */
export function parseParameters<P extends Parameters>(
  parameters: P,
  json: JsonObject,
  field: { readonly path: string; readonly type: string },
): ParameterValues<P> {
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) values[name] = parameter.default;
  for (const [name, value] of Object.entries(json)) {
    if (name === 'type' || name === 'fields') continue;
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      throw mapperParsingError(`unknown parameter [${name}] on mapper [${field.path}] of type [${field.type}]`);
    }
    if (value === null && name !== 'null_value' && parameter.acceptsNull !== true) {
      throw mapperParsingError(
        `[${name}] on mapper [${field.path}] of type [${field.type}] must not have a [null] value`,
      );
    }
    values[name] = value === null ? undefined : parameter.parse(value, name, field.path);
  }
  return values as ParameterValues<P>;
}

/** Without what {@link parseParameters} would refuse. */
export function withoutUnreadable(parameters: Parameters, json: JsonObject, path: string): JsonObject {
  const isReadable = ([name, value]: [string, unknown]): boolean => {
    if (name === 'type' || name === 'fields') return true;
    try {
      parseParameters(parameters, { [name]: value }, { path, type: '' });
      return true;
    } catch (error) {
      if (isDaybookError(error, 'invalid-argument')) return false;
      throw error;
    }
  };
  return Object.fromEntries(Object.entries(json).filter(isReadable));
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The parameters in the wire's form: those that are not defaults, and the explicit ones that were given. */
export function parametersToJson(parameters: Parameters, values: JsonObject, given: JsonObject): JsonObject {
  const json: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.isUnused === true) continue;
    const value = values[name];
    const shown = !sameValue(value, parameter.default) || (parameter.explicit === true && Object.hasOwn(given, name));
    if (shown) json[name] = value;
  }
  return json;
}

/** The sentences that refuse a change of parameters; empty when the change is allowed. */
export function parameterConflicts(parameters: Parameters, before: JsonObject, after: JsonObject): readonly string[] {
  return Object.entries(parameters)
    .filter(([name, parameter]) => !parameter.updatable && !sameValue(before[name], after[name]))
    .map(([name, { shownDefault = 'null' }]) => {
      const shown = (value: unknown): string => textOf(value, shownDefault);
      return `Cannot update parameter [${name}] from [${shown(before[name])}] to [${shown(after[name])}]`;
    });
}

function textOf(value: unknown, none: string): string {
  return value === undefined ? none : typeof value === 'object' ? JSON.stringify(value) : javaText(value);
}
