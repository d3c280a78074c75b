import type { Preferences } from '../http/prefer.ts';

/**
 * How long an execute request waits for its job, in milliseconds; 0 is asynchronous execution. A process that can run synchronously does unless
 * the request prefers otherwise (OGC API – Processes Part 1, 7.11.2.3). `respond-async` with `wait` waits that long first (RFC 7240, 4.3).
 */
export function executionWaitMs(
  jobControlOptions: readonly string[],
  { respondAsync, waitSeconds }: Preferences,
  maxWaitMs: number,
): number {
  if (!jobControlOptions.includes('sync-execute')) return 0;
  if (waitSeconds !== undefined) return Math.min(waitSeconds * 1_000, maxWaitMs);
  return respondAsync && jobControlOptions.includes('async-execute') ? 0 : maxWaitMs;
}
