import { isDaybookError } from '@daybook/errors';
import { DEFAULT_DATE_PATTERN } from '../../../dates/date-format.ts';
import type { Double } from '../../../numbers/double.ts';
import type { QueryValue, RangeQuery } from '../../../query/query.ts';
import type { QueryTime, RangeForm, ValueCondition } from '../../field-type.ts';
import type { JsonObject } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../../leaf-field.ts';
import { mapperParsingError, mappingError, PartError, valueError } from '../../mapping-errors.ts';
import type { Parameter, ParameterValues } from '../../parameter.ts';
import { booleanParameter, stringParameter } from '../../parameter.ts';
import type { RangeKind } from '../../range/range-kind.ts';
import { tokenOf } from '../number-field.ts';

/** Parameters that every range takes. */
export const RANGE_PARAMETERS: typeof COMMON_PARAMETERS & {
  readonly coerce: Parameter<boolean>;
  readonly format: Parameter<string | undefined>;
  readonly locale: Parameter<string | undefined>;
} = {
  ...COMMON_PARAMETERS,
  coerce: booleanParameter(true, { updatable: true, explicit: true }),
  format: stringParameter(undefined),
  locale: stringParameter(undefined, { shownDefault: '' }),
};

/** A range of a document: both keys belong to it; whether they were given so, or are the neighbours of what was given. */
export interface GivenRange {
  readonly lowest: bigint;
  readonly highest: bigint;
  readonly includesLower: boolean;
  readonly includesUpper: boolean;
}

/** compat: the parameters of ranges that are not dates, where a language has no meaning. Throws `invalid-argument` where they say how dates are written. */
export function withoutFormat({ path, json }: FieldSite): JsonObject {
  const { format, locale: _, ...rest } = json;
  if (format === undefined || format === DEFAULT_DATE_PATTERN) return rest;
  throw mappingError(
    'illegal_argument_exception',
    `field [${path}] of type [range] should not define a dateTimeFormatter unless it is a DATE type`,
  );
}

/** A bound of a document that is to be a text. Throws a `valueError`. */
export function textOfBound(bound: unknown): string {
  if (typeof bound !== 'object') return String(bound);
  throw valueError(`Can't get text on a ${tokenOf(bound)}`, { type: 'illegal_state_exception' });
}

const BOUND_NAMES: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);

/** A field of ranges: a document's are those that its objects `{gte|gt, lte|lt}` say, and a bound that is absent or null is none. */
export abstract class RangeField extends LeafField implements RangeForm {
  override readonly form = 'range';
  readonly kind: RangeKind;
  protected readonly coerce: boolean;

  constructor(
    definition: FieldTypeDefinition,
    site: FieldSite,
    parameters: ParameterValues<typeof RANGE_PARAMETERS>,
    kind: RangeKind,
  ) {
    super(definition, site, parameters);
    this.kind = kind;
    this.coerce = parameters.coerce;
  }

  override get range(): RangeForm {
    return this;
  }

  /** The key of a document's bound. Throws a `valueError`. */
  protected abstract documentKey(bound: unknown): bigint;

  /** The key of a query's value; `roundUp` of dates: the end of what the text names. Throws a `valueError`. */
  protected abstract queriedKey(value: QueryValue, roundUp: boolean, range: RangeQuery, time: QueryTime): bigint;

  /** The bound as a hit's field shows it. */
  protected shownKey(key: bigint, _format: string | undefined): number | Double | string {
    return this.kind.shown(key);
  }

  /** How the message of a document's range names the bounds that are the wrong way round. */
  protected reversed(lowest: bigint, highest: bigint): string {
    return `min value (${this.kind.text(lowest)}) is greater than max value (${this.kind.text(highest)})`;
  }

  index(value: unknown, sink: ValueSink): void {
    const { lowest, highest } = this.read(value);
    if (this.kind.isGreater(lowest, highest)) throw new PartError(valueError(this.reversed(lowest, highest)), null);
    if (this.indexed || this.docValues) sink.range(this.column, this.kind.bits, lowest, highest);
  }

  protected read(value: unknown): GivenRange {
    if (!isJsonObject(value)) {
      const name = this.path.slice(this.path.lastIndexOf('.') + 1);
      throw mapperParsingError(`error parsing field [${this.path}], expected an object but got ${name}`);
    }
    const { kind } = this;
    let { least: lowest, greatest: highest } = kind;
    let includesLower = true;
    let includesUpper = true;
    for (const [name, bound] of Object.entries(value)) {
      if (!BOUND_NAMES.has(name)) {
        const message = `error parsing field [${this.path}], with unknown parameter [${name}]`;
        throw new PartError(mapperParsingError(message), bound);
      }
      const isLower = name === 'gt' || name === 'gte';
      const isIncluded = name === 'gte' || name === 'lte';
      if (isLower) includesLower = isIncluded;
      else includesUpper = isIncluded;
      if (bound === null) continue;
      try {
        const key = this.documentKey(bound);
        if (isLower) lowest = isIncluded ? key : kind.above(key);
        else highest = isIncluded ? key : kind.below(key);
      } catch (error) {
        throw isDaybookError(error) ? new PartError(error, bound) : error;
      }
    }
    return { lowest, highest, includesLower, includesUpper };
  }

  termCondition(value: QueryValue, time: QueryTime): ValueCondition {
    return this.rangeCondition({ type: 'range', field: this.path, gte: value, lte: value }, time);
  }

  rangeCondition(range: RangeQuery, time: QueryTime): ValueCondition {
    const { kind } = this;
    const lower = range.gte ?? range.gt;
    const upper = range.lte ?? range.lt;
    const includesLower = range.gte !== undefined || lower === undefined;
    const includesUpper = range.lte !== undefined || upper === undefined;
    // A lower bound that is left out, and an upper one that is let in, go to the end of what their text names.
    const from = lower === undefined ? kind.least : this.queriedKey(lower, !includesLower, range, time);
    const to = upper === undefined ? kind.greatest : this.queriedKey(upper, includesUpper, range, time);
    if (kind.isGreater(from, to)) {
      throw valueError(
        `Range query \`from\` value (${kind.described(from)}) is greater than \`to\` value (${kind.described(to)})`,
      );
    }
    const lowest = includesLower ? from : kind.above(from);
    const highest = includesUpper ? to : kind.below(to);
    return kind.isGreater(lowest, highest)
      ? { type: 'none' }
      : { type: 'relation', relation: range.relation ?? 'intersects', lowest, highest };
  }

  shown(value: unknown, format: string | undefined): string | JsonObject | undefined {
    if (!isJsonObject(value)) return undefined;
    const bounds = Object.entries(value).map(([name, bound]) => [
      name,
      bound === null ? null : this.shownKey(this.documentKey(bound), format),
    ]);
    return Object.fromEntries(bounds);
  }

  storedText(value: unknown): string {
    const { lowest, highest, includesLower, includesUpper } = this.read(value);
    const { kind } = this;
    // compat: beyond the last value there is none that could be shown.
    const from = includesLower || lowest === kind.least ? lowest : kind.below(lowest);
    const to = includesUpper || highest === kind.greatest ? highest : kind.above(highest);
    return `${includesLower ? '[' : '('}${kind.text(from)} : ${kind.text(to)}${includesUpper ? ']' : ')'}`;
  }
}
