import type { ErrorCode } from './error-code.ts';

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [410, 'not-found'],
  [413, 'limit-exceeded'],
  [429, 'unavailable'],
  [501, 'unsupported'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

/**
 * What an HTTP status of 400 or above means to the client that is answered it (RFC 9110, section 15). For clients alone: which status an error is
 * given, each server's edge decides.
 */
export function codeOfStatus(status: number): ErrorCode {
  return CODES.get(status) ?? (status >= 500 ? 'internal' : 'invalid-argument');
}
