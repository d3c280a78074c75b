import type { DateFormat } from '../../../dates/date-format.ts';
import { DEFAULT_DATE_PATTERN, parseDateFormat } from '../../../dates/date-format.ts';
import { parseDateMath } from '../../../dates/date-math.ts';
import { parseTimeZone } from '../../../dates/time-zone.ts';
import type { QueryValue, RangeQuery } from '../../../query/query.ts';
import type { QueryTime, ValueFormatter } from '../../field-type.ts';
import type { FieldSite, FieldTypeDefinition } from '../../leaf-field.ts';
import { valueError } from '../../mapping-errors.ts';
import { parseParameters, stringParameter } from '../../parameter.ts';
import { longKey, longOfKey } from '../../range/number-keys.ts';
import { longKind } from '../../range/range-kind.ts';
import { formatOf } from '../date.ts';
import { RANGE_PARAMETERS, RangeField, textOfBound } from './range-field.ts';

const PARAMETERS = { ...RANGE_PARAMETERS, format: stringParameter(DEFAULT_DATE_PATTERN) };

class DateRangeField extends RangeField {
  readonly #format: DateFormat;

  constructor(site: FieldSite) {
    const parameters = parseParameters(PARAMETERS, site.json, { path: site.path, type: 'date_range' });
    super(dateRange, site, parameters, longKind);
    this.#format = formatOf(site.path, parameters.format);
  }

  /** compat: bounds are never rounded up, and there is no `now`. */
  protected override documentKey(bound: unknown): bigint {
    const text = textOfBound(bound);
    if (text.startsWith('now')) {
      throw valueError('could not read the current timestamp', {
        type: 'parse_exception',
        causedBy: { type: 'illegal_argument_exception', reason: 'now is not used at indexing time' },
      });
    }
    if (text === '' || text.startsWith('||')) throw valueError('cannot parse empty date', { type: 'parse_exception' });
    return keyOf(parseDateMath(text, this.#format, { nowMs: 0, roundUp: false }));
  }

  protected override queriedKey(value: QueryValue, roundUp: boolean, range: RangeQuery, time: QueryTime): bigint {
    const { format, timeZone } = range;
    const instantMs = parseDateMath(String(value), this.#formatOf(format), {
      nowMs: time.nowMs,
      roundUp,
      timeZone: timeZone === undefined ? undefined : parseTimeZone(timeZone),
    });
    return keyOf(instantMs);
  }

  protected override shownKey(key: bigint, format: string | undefined): string {
    return this.#formatOf(format).print(Number(longOfKey(key)));
  }

  override formatter(format?: string, timeZone?: string): ValueFormatter {
    const dates = this.#formatOf(format);
    const zone = timeZone === undefined ? undefined : parseTimeZone(timeZone);
    return (value) => dates.print(value as number, zone);
  }

  /** The one that is asked for, or the mapping's. */
  #formatOf(format: string | undefined): DateFormat {
    return format === undefined ? this.#format : parseDateFormat(format);
  }
}

const FIRST_MS = -(2n ** 63n);

/** Instants beyond the reach of 64 bits are at its ends. */
function keyOf(instantMs: number): bigint {
  const whole = BigInt(Math.floor(instantMs));
  return longKey(whole < FIRST_MS ? FIRST_MS : whole < -FIRST_MS ? whole : -FIRST_MS - 1n);
}

/** Spans of time to the millisecond. */
export const dateRange: FieldTypeDefinition = {
  name: 'date_range',
  parameters: PARAMETERS,
  build: (site) => new DateRangeField(site),
};
