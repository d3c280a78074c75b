import { DaybookError } from '@daybook/errors';
import { addCalendar, startOf } from './calendar.ts';
import type { DateFormat } from './date-format.ts';
import type { TimeZone } from './time-zone.ts';
import { UTC } from './time-zone.ts';

export interface DateMathOptions {
  /** What `now` means. */
  readonly nowMs: number;
  /** Whether what is not said is filled with its end, and `/d` goes to the last millisecond of the day. */
  readonly roundUp: boolean;
  readonly timeZone?: TimeZone | undefined;
  /** Whether a date's fraction of a millisecond is kept. */
  readonly nanos?: boolean;
}

function failure(text: string, reason: string): DaybookError {
  return new DaybookError('invalid-argument', reason, { detail: { reason: 'parse_exception', value: text } });
}

/**
 * An instant in milliseconds, whole ones unless `nanos` is set: a date of the format, or `now`, or `date||`, then any of `+1d`, `-2M`, `/d` from left to right. Throws
 * `invalid-argument` (`parse_exception`).
 */
export function parseDateMath(text: string, format: DateFormat, options: DateMathOptions): number {
  if (text.startsWith('now')) return applyMath(text.slice(3), text, options.nowMs, options);
  const bar = text.indexOf('||');
  const date = bar < 0 ? text : text.slice(0, bar);
  const instantMs = format.parse(date, { roundUp: options.roundUp && bar < 0, timeZone: options.timeZone });
  if (instantMs === undefined) {
    const reason = `failed to parse date field [${date}] with format [${format.pattern}]`;
    throw new DaybookError('invalid-argument', `${reason}: [${reason}]`, {
      detail: {
        reason: 'parse_exception',
        causedBy: {
          type: 'illegal_argument_exception',
          reason,
          causedBy: { type: 'date_time_parse_exception', reason: 'Failed to parse with all enclosed parsers' },
        },
      },
    });
  }
  const whole = options.nanos === true ? instantMs : Math.floor(instantMs);
  return bar < 0 ? whole : applyMath(text.slice(bar + 2), text, whole, options);
}

function applyMath(math: string, text: string, startMs: number, options: DateMathOptions): number {
  const zone = options.timeZone ?? UTC;
  let instantMs = startMs;
  let at = 0;
  while (at < math.length) {
    const operator = math[at++];
    if (operator !== '+' && operator !== '-' && operator !== '/') {
      throw failure(text, `operator not supported for date math [${math}]`);
    }
    const digits = /^\d*/.exec(math.slice(at))![0];
    at += digits.length;
    if (at >= math.length) throw failure(text, `truncated date math [${math}]`);
    const count = digits === '' ? 1 : Number(digits);
    const unit = math[at++]!;
    if (operator === '/') {
      if (count !== 1) throw failure(text, `rounding \`/\` can only be used on single unit types [${math}]`);
      const start = startOf(instantMs, unitOf(unit, math, text), zone);
      instantMs = options.roundUp ? addCalendar(start, 1, unitOf(unit, math, text), zone) - 1 : start;
    } else {
      instantMs = addCalendar(instantMs, operator === '+' ? count : -count, unitOf(unit, math, text), zone);
    }
  }
  return instantMs;
}

const UNITS = {
  y: 'year',
  M: 'month',
  w: 'week',
  d: 'day',
  h: 'hour',
  H: 'hour',
  m: 'minute',
  s: 'second',
} as const;

function unitOf(letter: string, math: string, text: string): (typeof UNITS)[keyof typeof UNITS] {
  const unit = (UNITS as Readonly<Record<string, (typeof UNITS)[keyof typeof UNITS]>>)[letter];
  if (unit === undefined) throw failure(text, `unit [${letter}] not supported for date math [${math}]`);
  return unit;
}
