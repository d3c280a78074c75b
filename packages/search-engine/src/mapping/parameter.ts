import type { JsonObject } from '../engine/engine.ts';
import { javaText } from './java-text.ts';
import { mapperParsingError, mappingError } from './mapping-errors.ts';

/** One parameter of a field type, such as `ignore_above`. */
export interface Parameter<T> {
  readonly default: T;
  /** Whether it may differ when the field is given again. */
  readonly updatable: boolean;
  /** Whether it is shown whenever it was given, even as the default. */
  readonly explicit?: boolean;
  parse(value: unknown, name: string, path: string): T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

export type ParameterValues<P extends Parameters> = {
  readonly [Name in keyof P]: P[Name] extends Parameter<infer T> ? T : never;
};

interface ParameterChoice {
  readonly updatable?: boolean;
  readonly explicit?: boolean;
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
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isInteger(number) || number < min || number > 2_147_483_647) {
        throw mapperParsingError(
          `[${name}] of field [${path}] must be an integer from ${min} to 2147483647, got [${javaText(value)}]`,
        );
      }
      return number;
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
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
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
          `Unknown value [${text}] for field [${name}] of [${path}] - accepted values are [${among.join(', ')}]`,
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
    if (value === null && name !== 'null_value') {
      throw mapperParsingError(
        `[${name}] on mapper [${field.path}] of type [${field.type}] must not have a [null] value`,
      );
    }
    values[name] = value === null ? undefined : parameter.parse(value, name, field.path);
  }
  return values as ParameterValues<P>;
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The parameters in the wire's form: those that are not defaults, and the explicit ones that were given. */
export function parametersToJson(parameters: Parameters, values: JsonObject, given: JsonObject): JsonObject {
  const json: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
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
    .map(([name]) => `Cannot update parameter [${name}] from [${shown(before[name])}] to [${shown(after[name])}]`);
}

function shown(value: unknown): string {
  return value === undefined ? 'null' : typeof value === 'object' ? JSON.stringify(value) : javaText(value);
}
