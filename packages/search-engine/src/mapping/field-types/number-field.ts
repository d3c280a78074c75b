import { decimalFormatter } from '../../aggregation/decimal-format.ts';
import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { ValueCondition, ValueFormatter } from '../field-type.ts';
import type { FieldSite, FieldTypeDefinition, LeafParameters, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { valueError } from '../mapping-errors.ts';
import type { Parameter } from '../parameter.ts';
import { booleanParameter, numberParameter, unusedParameter } from '../parameter.ts';
import { numberRange } from '../value-range.ts';

/** Parameters that every number takes. */
export const NUMBER_PARAMETERS: Omit<typeof COMMON_PARAMETERS, 'boost'> & {
  readonly boost: Parameter<undefined>;
  readonly coerce: Parameter<boolean>;
  readonly ignore_malformed: Parameter<boolean>;
  readonly null_value: Parameter<number | undefined>;
} = {
  ...COMMON_PARAMETERS,
  // compat: it is taken, and no query sees it.
  boost: unusedParameter(),
  coerce: booleanParameter(true, { updatable: true, explicit: true }),
  ignore_malformed: booleanParameter(false, { updatable: true, explicit: true }),
  null_value: numberParameter(),
};

/** What the values of one kind of number may be. */
export interface NumberRange {
  readonly type: string;
  /** The nearest value that the type can hold. Throws a `valueError` out of its range. */
  fit(value: number, coerce: boolean): number;
}

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?$/;

/** The number that a string spells in Java's grammar. Throws a `valueError` (`number_format_exception`). */
export function parseDecimal(text: string): number {
  const trimmed = text.trim();
  if (DECIMAL.test(trimmed)) return Number.parseFloat(trimmed);
  if (/^[+-]?Infinity$/.test(trimmed) || trimmed === 'NaN') return Number(trimmed);
  throw valueError(trimmed === '' ? 'empty String' : `For input string: "${text}"`, {
    type: 'number_format_exception',
  });
}

/** A field of numbers; its column holds them as doubles, so integers beyond 2^53 lose their last digits. */
export class NumberField extends LeafField {
  override readonly form = 'number';
  readonly #range: NumberRange;
  readonly #coerce: boolean;
  readonly #ignoreMalformed: boolean;

  constructor(
    definition: FieldTypeDefinition,
    site: FieldSite,
    parameters: LeafParameters & { readonly coerce: boolean; readonly ignore_malformed: boolean },
    range: NumberRange,
  ) {
    super(definition, site, parameters);
    this.#range = range;
    this.#coerce = parameters.coerce;
    this.#ignoreMalformed = parameters.ignore_malformed;
  }

  index(value: unknown, sink: ValueSink): void {
    // compat: an empty string is as null where strings are coerced.
    if (value === '' && this.#coerce) {
      if (typeof this.nullValue === 'number') this.index(this.nullValue, sink);
      return;
    }
    let number: number;
    try {
      number = this.#range.fit(this.#numberOf(value), this.#coerce);
    } catch (error) {
      if (!this.#ignoreMalformed || !this.#mayBeIgnored(value)) throw error;
      sink.ignored(this.path);
      return;
    }
    sink.number(this.column, number);
  }

  /** compat: a boolean is no malformed number of this one type. */
  #mayBeIgnored(value: unknown): boolean {
    if (typeof value === 'boolean') return this.type !== 'scaled_float';
    return typeof value !== 'object' || value === null;
  }

  #numberOf(value: unknown): number {
    if (typeof value === 'number') return value;
    if (typeof value === 'string') {
      if (!this.#coerce) throw valueError(`${javaNameOf(this.type)} value passed as String`);
      // compat: what is no long is an error of another type than what is none of the other numbers.
      if (this.type === 'long' && !DECIMAL.test(value.trim())) throw valueError(`For input string: "${value}"`);
      return parseDecimal(value);
    }
    throw notNumeric(value);
  }

  termCondition(value: QueryValue): ValueCondition {
    const number = this.#queried(value);
    const fitted = this.#fitOrNaN(number);
    return fitted === number || this.#isRounded() ? { type: 'term', value: fitted } : { type: 'none' };
  }

  rangeCondition(range: RangeQuery): ValueCondition {
    return numberRange(range, (bound) => {
      const number = this.#queried(bound);
      return this.#isRounded() ? this.#fitOrNaN(number) : number;
    });
  }

  override formatter(format?: string): ValueFormatter | undefined {
    return format === undefined ? undefined : decimalFormatter(format);
  }

  /** Whether a query's value is rounded like a document's; a fraction never equals an integer. */
  #isRounded(): boolean {
    return this.type === 'float' || this.type === 'half_float' || this.type === 'scaled_float';
  }

  #queried(value: QueryValue): number {
    if (typeof value === 'boolean') {
      throw valueError(`For input string: "${String(value)}"`, { type: 'number_format_exception' });
    }
    return typeof value === 'number' ? value : parseDecimal(value);
  }

  #fitOrNaN(number: number): number {
    try {
      return this.#range.fit(number, true);
    } catch {
      // Nothing that the field holds equals it, and every range bound beyond the type's own is open.
      return number;
    }
  }
}

/** The name of a type's class in Java. */
export function javaNameOf(type: string): string {
  return type.charAt(0).toUpperCase() + type.slice(1);
}

/** The error of a JSON value that is neither a number nor a string. */
export function notNumeric(value: unknown): Error {
  return valueError(`Current token (${tokenOf(value)}) not numeric, can not use numeric value accessors`, {
    type: 'json_parse_exception',
  });
}

/** What Elasticsearch's parser calls a JSON value that is no number. */
export function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  if (value === true) return 'VALUE_TRUE';
  if (value === false) return 'VALUE_FALSE';
  return typeof value === 'number' ? 'VALUE_NUMBER_INT' : 'START_OBJECT';
}
