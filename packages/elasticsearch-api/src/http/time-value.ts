import { illegalArgument, numberFormatError } from '../errors/errors.ts';

/** Milliseconds of each unit of a time value. */
export const unitMs: ReadonlyMap<string, number> = new Map([
  ['nanos', 1e-6],
  ['micros', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

const LARGEST_LONG = 2n ** 63n - 1n;

/**
 * A time value such as `30s` in milliseconds; 0 needs no unit, nor does -1, which stands for none and is the only one below 0. `name` is the setting that
 * the message names.
 */
export function parseTimeMs(text: string, name: string): number {
  const [, digits = '', given = ''] = /^\s*(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(text) ?? [];
  const amount = Number(digits);
  const unit = unitMs.get(given.toLowerCase() === 'm' ? given : given.toLowerCase());
  const isAlone = digits !== '' && given === '' && (amount === -1 || amount === 0);
  if (!isAlone && (digits === '' || unit === undefined)) {
    throw illegalArgument(
      `failed to parse setting [${name}] with value [${text}] as a time value: unit is missing or unrecognized`,
    );
  }
  if (digits.includes('.') || BigInt(digits) > LARGEST_LONG) {
    throw illegalArgument(
      `failed to parse [${text}], fractional time values are not supported`,
      numberFormatError(digits),
    );
  }
  if (amount < -1) {
    throw illegalArgument(
      `failed to parse setting [${name}] with value [${text}] as a time value: negative durations are not supported`,
    );
  }
  return isAlone ? amount : amount * unit!;
}

/** Those that times are written in, the largest first. */
const shownUnits = [...unitMs].filter(([, ms]) => ms >= 1).reverse();

/** A time in the largest unit of which it has one, with at most one decimal: `1.5m`. */
export function timeText(timeMs: number): string {
  const [unit, size] = shownUnits.find(([, ms]) => timeMs >= ms) ?? ['s', 1000];
  return `${Math.floor((timeMs * 10) / size) / 10}${unit}`;
}
