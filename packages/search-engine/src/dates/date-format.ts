import { DaybookError } from '@daybook/errors';
import type { DateDefaults } from './date-fields.ts';
import { resolveDateFields } from './date-fields.ts';
import type { PatternElement } from './date-pattern.ts';
import { compileDatePattern } from './date-pattern.ts';
import { parseIsoDateTime } from './iso-date-time.ts';
import { findNamedFormat, toSnakeCase } from './named-formats.ts';
import { parseWithPattern } from './parse-with-pattern.ts';
import { printWithPattern } from './print-with-pattern.ts';
import type { TimeZone } from './time-zone.ts';
import { UTC } from './time-zone.ts';

/** How dates of a field or request are read and written: Elasticsearch's `format`, alternatives separated by `||`. */
export interface DateFormat {
  readonly pattern: string;
  /** The instant in milliseconds, with a fraction for nanoseconds; undefined when no alternative takes the text. */
  parse(text: string, defaults?: DateDefaults): number | undefined;
  /** Written as the first alternative does; the default zone is UTC. */
  print(instantMs: number, zone?: TimeZone): string;
}

/** What a `date` field has when its mapping names no format. */
export const DEFAULT_DATE_PATTERN = 'strict_date_optional_time||epoch_millis';

const EPOCH = /^(-?\d{1,16})(?:\.(\d{1,9}))?\.?$/;
const ISO_WITH_MILLIS: readonly PatternElement[] = compileDatePattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
const ISO_WITH_NANOS: readonly PatternElement[] = compileDatePattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX");

type Alternative = Omit<DateFormat, 'pattern'>;

function isoFormat(strict: boolean): Alternative {
  return {
    parse(text, defaults = {}) {
      const fields = parseIsoDateTime(text, strict);
      return fields && resolveDateFields(fields, defaults);
    },
    print: (instantMs, zone = UTC) =>
      zone === UTC ? printUtcMillis(instantMs) : printWithPattern(instantMs, ISO_WITH_MILLIS, zone),
  };
}

/** As {@link isoFormat}, with nanoseconds where there are any. */
function isoNanosFormat(): Alternative {
  const millis = isoFormat(true);
  return {
    parse: millis.parse,
    print: (instantMs, zone = UTC) =>
      Number.isInteger(instantMs) ? millis.print(instantMs, zone) : printWithPattern(instantMs, ISO_WITH_NANOS, zone),
  };
}

function printUtcMillis(instantMs: number): string {
  // From 1970 to 9999 the platform writes the same text, faster.
  if (instantMs >= 0 && instantMs < 253_402_300_800_000) return new Date(instantMs).toISOString();
  return printWithPattern(instantMs, ISO_WITH_MILLIS, UTC);
}

function epochFormat(unitMs: number): Alternative {
  return {
    parse(text, { timeZone = UTC } = {}) {
      if (!EPOCH.test(text)) return undefined;
      // compat: where a zone is given, what is counted is the time of its clocks.
      const localMs = Number(text) * unitMs;
      return timeZone === UTC ? localMs : timeZone.toInstant(localMs);
    },
    print: (instantMs) => String(unitMs === 1 ? Math.floor(instantMs) : instantMs / unitMs),
  };
}

function patternFormat(read: readonly PatternElement[], printed: readonly PatternElement[]): Alternative {
  return {
    parse(text, defaults = {}) {
      const fields = parseWithPattern(text, read);
      return fields && resolveDateFields(fields, defaults);
    },
    print: (instantMs, zone = UTC) => printWithPattern(instantMs, printed, zone),
  };
}

function makeAlternative(name: string): Alternative {
  switch (toSnakeCase(name)) {
    case 'strict_date_optional_time':
    case 'iso8601':
      return isoFormat(true);
    case 'strict_date_optional_time_nanos':
      return isoNanosFormat();
    case 'date_optional_time':
      return isoFormat(false);
    case 'epoch_millis':
      return epochFormat(1);
    case 'epoch_second':
      return epochFormat(1000);
  }
  const named = findNamedFormat(name);
  if (named === undefined) {
    const elements = compileDatePattern(name);
    return patternFormat(elements, elements);
  }
  const read = compileDatePattern(named.pattern, { shortNumbers: named.shortNumbers, anyFractionAndOffset: true });
  return patternFormat(read, compileDatePattern(named.pattern));
}

const known = new Map<string, DateFormat>();

/** Throws `invalid-argument` for a pattern that has no meaning. */
export function parseDateFormat(pattern: string): DateFormat {
  const cached = known.get(pattern);
  if (cached !== undefined) return cached;
  if (pattern === '') {
    throw new DaybookError('invalid-argument', 'No date pattern provided', {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  // A leading 8 once chose java.time over Joda; it is still written.
  const alternatives = pattern.replace(/^8/, '').split('||').map(makeAlternative);
  const format: DateFormat = {
    pattern,
    parse(text, defaults) {
      for (const alternative of alternatives) {
        const instantMs = alternative.parse(text, defaults);
        if (instantMs !== undefined) return instantMs;
      }
      return undefined;
    },
    print: alternatives[0]!.print,
  };
  if (known.size >= 1000) known.clear();
  known.set(pattern, format);
  return format;
}
