import { randomUUID } from 'node:crypto';

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
  const time = now.getTime().toString(16).padStart(12, '0');
  // Variant and random bits are those of a UUID of version 4, of which many are made from one draw of random bytes.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
