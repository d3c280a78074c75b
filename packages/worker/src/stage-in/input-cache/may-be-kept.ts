import { headerOf, type SourceAnswer } from '../input-source.ts';

const LEAST_AGE_MS = 60_000;

/**
 * Whether a server lets its answer be kept, and names the version well enough to ask for it again. Without an ETag, a file that was changed within the
 * last minute may change again under the same date: RFC 9110, section 8.8.2.2.
 */
export function mayBeKept(headers: SourceAnswer['headers']): boolean {
  if (/\bno-store\b/i.test(headerOf({ headers }, 'cache-control') ?? '')) {
    return false;
  }
  if (headerOf({ headers }, 'etag')?.startsWith('"')) {
    return true;
  }
  const date = Date.parse(headerOf({ headers }, 'date') ?? '');
  return date - Date.parse(headerOf({ headers }, 'last-modified') ?? '') >= LEAST_AGE_MS;
}
