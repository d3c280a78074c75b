import { usageError } from './usage-error.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const DURATION = /^(\d+(\.\d+)?[smhdw])+$/;

/** Seconds of a text such as `90s`, `2h`, `1d12h`, or of a bare number of seconds. Throws `invalid-argument`; `name` is the option's. */
export function parseDuration(name: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  if (!DURATION.test(text)) {
    throw usageError(
      `${name}: expected seconds, or a duration such as 90s, 30m, 2h, 1d12h, found ${JSON.stringify(text)}`,
    );
  }
  const parts = [...text.matchAll(/([\d.]+)([smhdw])/g)];
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * SECONDS[unit as string]!, 0);
}

/** The moment that a text names: a time such as `2016-01-14` or `2016-01-14T08:00:00Z`, or how long ago it was, such as `2h`. */
export function parseMoment(name: string, text: string, now: number = Date.now()): Date {
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text);
  if (DURATION.test(text)) return new Date(now - parseDuration(name, text) * 1000);
  throw usageError(
    `${name}: expected a time such as 2016-01-14T08:00:00Z, or how long ago, such as 2h, found ${JSON.stringify(text)}`,
  );
}
