import { DaybookError } from '@daybook/errors';
import type { JobCursor, SortField } from '@daybook/jobs-database';
import { showValue } from '../http/show-value.ts';
import type { JobSort } from './parse-job-sort.ts';

/** Fields whose values are texts; those of the others are numbers, of times milliseconds since 1970. */
const TEXTS: ReadonlySet<SortField> = new Set(['id', 'status']);

/** A place in a list of jobs, as it stands in the links to its pages: opaque, and good for the order in which it was made alone. */
export function formatJobCursor({ field, order }: JobSort, cursor: JobCursor): string {
  return Buffer.from(JSON.stringify([field, order, ...cursor])).toString('base64url');
}

/** Reads the place from the query parameter `name`. Throws `invalid-argument` for what is none, or is one of another order. */
export function parseJobCursor(name: string, text: string, { field, order }: JobSort): JobCursor {
  const parts = partsOf(text);
  const [ofField, ofOrder, ...cursor] = parts;
  const noPlace = (): DaybookError =>
    new DaybookError(
      'invalid-argument',
      `query parameter ${name} must be taken as it stands in a link to another page of a list, not ${showValue(text)}`,
    );
  if (formatted(parts) !== text || typeof ofField !== 'string' || (ofOrder !== 'asc' && ofOrder !== 'desc'))
    throw noPlace();
  if (ofField !== field || ofOrder !== order) {
    throw new DaybookError(
      'invalid-argument',
      `query parameter ${name} is of a list that is sorted by ${showValue(ofField)} ${ofOrder}, this one is by ${field} ${order}: take the links of this one`,
    );
  }
  if (!isCursor(cursor, field)) throw noPlace();
  return cursor;
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function formatted(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function isCursor(values: readonly unknown[], field: SortField): values is JobCursor {
  const id = values.at(-1);
  if (values.length !== (field === 'id' ? 1 : 2) || (typeof id !== 'string' && id !== null)) return false;
  const [value] = values;
  if (value === null) return true;
  if (TEXTS.has(field)) return typeof value === 'string';
  return field === 'duration' ? typeof value === 'number' : Number.isSafeInteger(value);
}
