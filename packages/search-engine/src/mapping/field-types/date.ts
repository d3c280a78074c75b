import type { DateFormat } from '../../dates/date-format.ts';
import { DEFAULT_DATE_PATTERN, parseDateFormat } from '../../dates/date-format.ts';
import { parseDateMath } from '../../dates/date-math.ts';
import { parseTimeZone } from '../../dates/time-zone.ts';
import type { QueryValue, RangeQuery } from '../../query/query.ts';
import type { QueryTime, ValueCondition, ValueFormatter } from '../field-type.ts';
import type { FieldSite, FieldTypeDefinition, ValueSink } from '../leaf-field.ts';
import { COMMON_PARAMETERS, LeafField } from '../leaf-field.ts';
import { causeOf, mappingError, valueError } from '../mapping-errors.ts';
import type { ParameterValues } from '../parameter.ts';
import { booleanParameter, parseParameters, stringParameter } from '../parameter.ts';

const PARAMETERS = {
  ...COMMON_PARAMETERS,
  format: stringParameter(DEFAULT_DATE_PATTERN),
  locale: stringParameter(undefined),
  null_value: stringParameter(undefined),
  ignore_malformed: booleanParameter(false, { updatable: true, explicit: true }),
};

/** The last instant of `date_nanos`: 2^63 - 1 nanoseconds. */
const LAST_NANOS_MS = 9_223_372_036_854.775;

class DateField extends LeafField {
  override readonly form = 'number';
  readonly #format: DateFormat;
  readonly #nanos: boolean;
  readonly #ignoreMalformed: boolean;

  constructor(definition: FieldTypeDefinition, site: FieldSite, parameters: ParameterValues<typeof PARAMETERS>) {
    super(definition, site, parameters);
    this.#nanos = definition.name === 'date_nanos';
    this.#ignoreMalformed = parameters.ignore_malformed;
    this.#format = formatOf(site.path, parameters.format);
  }

  index(value: unknown, sink: ValueSink): void {
    let instantMs: number;
    try {
      instantMs = this.#parse(value);
    } catch (error) {
      if (!this.#ignoreMalformed || (typeof value === 'object' && value !== null)) throw error;
      sink.ignored(this.path);
      return;
    }
    sink.number(this.column, instantMs);
  }

  #parse(value: unknown): number {
    if (typeof value === 'object')
      throw valueError("Can't get text on a START_OBJECT", { type: 'illegal_state_exception' });
    const text = typeof value === 'string' ? value : String(value);
    if (text === '') throw valueError('cannot parse empty date');
    const instantMs = this.#format.parse(text);
    if (instantMs === undefined) {
      throw valueError(`failed to parse date field [${text}] with format [${this.#format.pattern}]`, {
        causedBy: { type: 'date_time_parse_exception', reason: 'Failed to parse with all enclosed parsers' },
      });
    }
    if (!this.#nanos) return Math.floor(instantMs);
    if (instantMs < 0) throw outOfNanos(text, instantMs, 'before the epoch in 1970');
    if (instantMs > LAST_NANOS_MS) throw outOfNanos(text, instantMs, 'after 2262-04-11T23:47:16.854775807');
    return instantMs;
  }

  termCondition(value: QueryValue, time: QueryTime): ValueCondition {
    return this.rangeCondition({ type: 'range', field: this.path, gte: value, lte: value }, time);
  }

  rangeCondition(range: RangeQuery, time: QueryTime): ValueCondition {
    const lower = range.gte ?? range.gt;
    const upper = range.lte ?? range.lt;
    const includeLower = range.gte !== undefined || lower === undefined;
    const includeUpper = range.lte !== undefined || upper === undefined;
    return {
      type: 'range',
      // A lower bound that is left out, and an upper that is let in, go to the end of what their text names.
      ...(lower === undefined ? {} : { lower: this.#bound(lower, !includeLower, range, time) }),
      includeLower,
      ...(upper === undefined ? {} : { upper: this.#bound(upper, includeUpper, range, time) }),
      includeUpper,
    };
  }

  #bound(value: QueryValue, roundUp: boolean, range: RangeQuery, time: QueryTime): number {
    return parseDateMath(String(value), range.format === undefined ? this.#format : parseDateFormat(range.format), {
      nowMs: time.nowMs,
      roundUp,
      timeZone: range.timeZone === undefined ? undefined : parseTimeZone(range.timeZone),
      nanos: this.#nanos,
    });
  }

  override formatter(format?: string, timeZone?: string): ValueFormatter {
    const dates = format === undefined ? this.#format : parseDateFormat(format);
    const zone = timeZone === undefined ? undefined : parseTimeZone(timeZone);
    return (value) => dates.print(value as number, zone);
  }
}

/** The format of a field's mapping; a wrong one is `invalid-argument` (`illegal_argument_exception`). */
export function formatOf(path: string, pattern: string = DEFAULT_DATE_PATTERN): DateFormat {
  try {
    return parseDateFormat(pattern);
  } catch (error) {
    const cause = causeOf(error);
    throw mappingError(
      'illegal_argument_exception',
      `Error parsing [format] on field [${path}]: ${cause.reason}`,
      cause,
    );
  }
}

/** compat: the instant is shown with the digits behind the second that were given. */
function outOfNanos(text: string, instantMs: number, reason: string): Error {
  const toSecond = parseDateFormat('strict_date_time_no_millis').print(Math.floor(instantMs / 1000) * 1000);
  const [, fraction = ''] = /T[^.,]*[.,](\d{1,9})/.exec(text) ?? [];
  const digits = fraction.replace(/0+$/, '');
  const shown = digits === '' ? '' : `.${digits.padEnd(Math.ceil(digits.length / 3) * 3, '0')}`;
  const date = toSecond.replace(/Z$/, `${shown}Z`);
  return valueError(`date[${date}] is ${reason} and cannot be stored in nanosecond resolution`);
}

function dateType(name: 'date' | 'date_nanos'): FieldTypeDefinition {
  const definition: FieldTypeDefinition = {
    name,
    parameters: PARAMETERS,
    build(site) {
      return new DateField(definition, site, parseParameters(PARAMETERS, site.json, { path: site.path, type: name }));
    },
  };
  return definition;
}

/** Instants to the millisecond. */
export const date: FieldTypeDefinition = dateType('date');
/** Instants from 1970 to 2262; kept to about a quarter of a microsecond. */
export const dateNanos: FieldTypeDefinition = dateType('date_nanos');
