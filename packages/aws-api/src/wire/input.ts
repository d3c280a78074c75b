import { failure } from './failure.ts';

/**
 * The parameters of an action in AWS's spelling and the shape of AWS JSON, whichever protocol brought them. Reading one of the wrong
 * type is a failure that names it; the query protocol has numbers and booleans as text, so text is taken for both.
 */
export class Input {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  text(name: string): string | undefined {
    const value = this.#get(name);
    if (value === undefined || typeof value === 'string') return value;
    throw wrongType(name, value, 'a string');
  }

  requireText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw failure('MissingParameter', `The request must contain the parameter ${name}.`);
    return value;
  }

  wholeNumber(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number)) return number;
    throw wrongType(name, value, 'a whole number');
  }

  texts(name: string): readonly string[] {
    return this.#list(name).map((item) => {
      if (typeof item === 'string') return item;
      throw wrongType(name, item, 'a list of strings');
    });
  }

  /** A map of strings, empty when it is not given. */
  textMap(name: string): Readonly<Record<string, string>> {
    const entries = Object.entries(this.#object(name)).map(([key, value]) => {
      if (typeof value !== 'string') throw wrongType(`${name}.${key}`, value, 'a string');
      return [key, value] as const;
    });
    return Object.fromEntries(entries);
  }

  /** A list of structures. */
  inputs(name: string): readonly Input[] {
    return this.#list(name).map((item) => {
      if (isObject(item)) return new Input(item);
      throw wrongType(name, item, 'a list of structures');
    });
  }

  /** A map of structures. */
  inputMap(name: string): readonly (readonly [string, Input])[] {
    return Object.entries(this.#object(name)).map(([key, value]) => {
      if (isObject(value)) return [key, new Input(value)];
      throw wrongType(`${name}.${key}`, value, 'a structure');
    });
  }

  #get(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? (this.#values[name] ?? undefined) : undefined;
  }

  #list(name: string): readonly unknown[] {
    const value = this.#get(name) ?? [];
    if (Array.isArray(value)) return value;
    throw wrongType(name, value, 'a list');
  }

  #object(name: string): Record<string, unknown> {
    const value = this.#get(name) ?? {};
    if (isObject(value)) return value;
    throw wrongType(name, value, 'a map');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(name: string, value: unknown, expected: string): Error {
  const shown = JSON.stringify(value).slice(0, 200);
  return failure(
    'InvalidParameterValue',
    `Value ${shown} for parameter ${name} is invalid. Reason: it must be ${expected}.`,
  );
}
