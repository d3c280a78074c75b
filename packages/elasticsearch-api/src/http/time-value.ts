import { illegalArgument } from '../errors/errors.ts';

const unitMs: Readonly<Record<string, number>> = {
  nanos: 1e-6,
  micros: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** A time value such as `30s` in milliseconds; `-1` and `0` need no unit. `name` is the setting that the message names. */
export function parseTimeMs(text: string, name: string): number {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(text);
  const amount = Number(match?.[1]);
  const unit = unitMs[match?.[2]?.toLowerCase() === 'm' ? match[2] : (match?.[2] ?? '').toLowerCase()];
  if (match?.[2] === '' && (amount === -1 || amount === 0)) return amount;
  if (match !== null && unit !== undefined) return amount * unit;
  throw illegalArgument(
    `failed to parse setting [${name}] with value [${text}] as a time value: unit is missing or unrecognized`,
  );
}
