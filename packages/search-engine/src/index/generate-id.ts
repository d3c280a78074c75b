import { randomBytes } from 'node:crypto';

/** A new document id of 20 URL-safe characters, as random as 120 bits allow. */
export function generateId(): string {
  return randomBytes(15).toString('base64url');
}
