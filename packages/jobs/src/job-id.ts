import { randomBytes } from 'node:crypto';

/** At most 128 characters: it is the message group's id on the bus too, and stands in URLs and paths unescaped. */
const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._:@+=~-]{0,127}$/;

/** What {@link isJobId} accepts, in words for an error message. */
export const JOB_ID_RULE: string = '1 to 128 letters, digits or ._:@+=~- that begin with a letter or digit';

/** Whether `value` can be a job's id. */
export function isJobId(value: unknown): value is string {
  return typeof value === 'string' && JOB_ID.test(value);
}

/** A new job's id: a UUID of version 7 (RFC 9562, section 5.7), so ids sort by the millisecond in which they were made. */
export function newJobId(now: Date = new Date()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
