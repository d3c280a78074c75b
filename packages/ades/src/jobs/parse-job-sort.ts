import { DaybookError } from '@daybook/errors';
import type { SortField } from '@daybook/jobs-database';
import { showValue } from '../http/show-value.ts';

/** Members of statusInfo, and `duration`, with the fields of a job's document that they show. */
const FIELDS: ReadonlyMap<string, SortField> = new Map([
  ['created', 'submit-time'],
  ['started', 'start-time'],
  ['finished', 'stop-time'],
  ['updated', 'update-time'],
  ['status', 'status'],
  ['jobID', 'id'],
  ['duration', 'duration'],
]);

/** What a list of jobs can be sorted by. */
export const JOB_SORT_KEYS: readonly string[] = [...FIELDS.keys()];

/** An order of jobs. */
export interface JobSort {
  readonly field: SortField;
  readonly order: 'asc' | 'desc';
}

/** Reads the query parameter `sortby`: one key, `-` before it for descending and `+` or nothing for ascending order. */
export function parseJobSort(sortby: string | undefined): JobSort {
  if (sortby === undefined) return { field: 'submit-time', order: 'desc' };
  // A `+` that is not escaped arrives as a space.
  const [, sign, key = ''] = /^([-+ ]?)(.*)$/s.exec(sortby) ?? [];
  const field = FIELDS.get(key);
  if (field !== undefined) return { field, order: sign === '-' ? 'desc' : 'asc' };
  throw new DaybookError(
    'invalid-argument',
    `query parameter sortby must be one of ${JOB_SORT_KEYS.join(', ')}, with + or - before it, not ${showValue(sortby)}`,
  );
}
