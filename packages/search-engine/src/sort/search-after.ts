import type { DaybookError } from '@daybook/errors';
import { valueError } from '../mapping/mapping-errors.ts';
import type { SortValue } from './sort-key.ts';

const WHOLE = /^[+-]?\d+$/;
const FLOAT = /^\s*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[dDfF]?)\s*$/;

/** The place of a whole number that every document has, such as its number; `field` is what the message names. */
export function wholePlace(field: string | null, after: SortValue): number {
  if (typeof after === 'number') return Math.trunc(after);
  if (after === null || !WHOLE.test(after)) throw unreadable(field, after, `For input string: "${after}"`);
  return Number(after);
}

/** compat: what is no number stands behind all numbers. */
export function scorePlace(after: SortValue): number {
  if (typeof after === 'string' && !FLOAT.test(after)) throw unreadable(null, after);
  if (after === null) throw unreadable(null, after);
  const score = Number(typeof after === 'string' ? after.trim().replace(/[dDfF]$/, '') : after);
  return Number.isNaN(score) ? Number.POSITIVE_INFINITY : Math.fround(score);
}

/** The error of a value that is no place in the order; `field` is null of the order of scores and of the index. */
export function unreadable(
  field: string | null,
  after: SortValue,
  reason: string = floatComplaint(String(after)),
): DaybookError {
  const causedBy = { type: 'number_format_exception', reason };
  return valueError(`Failed to parse search_after value for field [${field}].`, { causedBy });
}

/** What Java says of text that is no number with a fraction. */
function floatComplaint(text: string): string {
  if (text.trim() === '') return 'empty String';
  return /^\s*[+-]?\d*\.\d*\./.test(text) ? 'multiple points' : `For input string: "${text}"`;
}
