import { DaybookError } from '@daybook/errors';

const MAX_SEGMENT_BYTES = 255;
const DEFAULT_PAGE = 1000;
const MAX_PAGE = 10_000;

/** Separators, and halves of surrogate pairs, which have no UTF-8. */
const FORBIDDEN = /[/\0]|\p{Surrogate}/u;
const JOB_ID = /^[A-Za-z0-9][A-Za-z0-9._:@+=~-]{0,127}$/;

/** Throws `invalid-argument` unless `value` can stand as one name in a path; `what` says in the message what it names. */
export function checkSegment(what: string, value: string): void {
  const bytes = Buffer.byteLength(value);
  if (bytes === 0 || bytes > MAX_SEGMENT_BYTES || value === '.' || value === '..' || FORBIDDEN.test(value)) {
    throw new DaybookError(
      'invalid-argument',
      `${what} ${JSON.stringify(value.slice(0, 80))} is no file name: expected 1 to ${MAX_SEGMENT_BYTES} bytes of UTF-8 without "/", and neither "." nor ".."`,
      { detail: { value: value.slice(0, 80) } },
    );
  }
}

/** Throws `invalid-argument` unless `jobId` can name a job's directory: it begins with a letter or digit, so it never meets the store's own names. */
export function checkJobId(jobId: string): void {
  if (!JOB_ID.test(jobId)) {
    throw new DaybookError(
      'invalid-argument',
      `job id ${JSON.stringify(jobId.slice(0, 140))} cannot name a directory: expected 1 to 128 letters, digits or ._:@+=~- that begin with a letter or digit`,
      { detail: { jobId: jobId.slice(0, 140) } },
    );
  }
}

/** Throws `invalid-argument` unless `attempt` is a whole number from 1. */
export function checkAttempt(attempt: number): void {
  if (!Number.isSafeInteger(attempt) || attempt < 1) {
    throw new DaybookError('invalid-argument', `attempt ${attempt} is not a whole number from 1`, {
      detail: { attempt },
    });
  }
}

/** The segments of a `/`-separated path, each checked; `''` has none. */
export function parsePath(path: string): readonly string[] {
  if (path === '') {
    return [];
  }
  const segments = path.split('/');
  for (const segment of segments) {
    checkSegment(`path ${JSON.stringify(path.slice(0, 200))} with the segment`, segment);
  }
  return segments;
}

/** The size of a page, 1,000 unless told otherwise. Throws `invalid-argument` unless `limit` is a whole number from 1 to 10,000. */
export function checkPageLimit(limit: number = DEFAULT_PAGE): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new DaybookError('invalid-argument', `limit ${limit} is not a whole number from 1 to ${MAX_PAGE}`);
  }
  return limit;
}
