const FIRST_MS = 0;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * An instant in the one spelling that sorts as text: UTC with milliseconds, `2016-01-14T08:00:00.000Z`. Undefined when
 * `value` is no ISO 8601 text, no count of milliseconds since 1970, or lies outside the years 1970 to 9999.
 */
export function parseInstant(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (typeof value === 'string' && !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(value)) return undefined;
  const ms = new Date(value).getTime();
  return ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined;
}

/** The earlier of two instants, of which either may be unknown. */
export function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** The later of two instants, of which either may be unknown. */
export function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** Seconds from `start` to `end`, to the millisecond; 0 where clocks disagree and `end` is the earlier. */
export function secondsBetween(start: string, end: string): number {
  return Math.max(0, Date.parse(end) - Date.parse(start)) / 1000;
}
