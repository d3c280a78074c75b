const FIRST_MS = 200;
const LONGEST_MS = 5_000;
const LONGEST_ASKED_MS = 60_000;

/**
 * How long to wait before try number `retry` (from 1): what the header `Retry-After` asks for, up to a minute; without one a random time
 * up to a bound that doubles from 0.2 s to 5 s, so that clients that failed together do not return together.
 */
export function retryDelayMs(retry: number, retryAfter: string | null, now: number = Date.now()): number {
  const asked = askedDelayMs(retryAfter, now);
  if (asked !== undefined) return Math.min(LONGEST_ASKED_MS, asked);
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (retry - 1)) * (0.5 + Math.random() / 2);
}

/** The header is seconds or a date (RFC 9110, section 10.2.3); undefined for what is neither. */
function askedDelayMs(retryAfter: string | null, now: number): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
