import type { SortKey } from './sort-key.ts';

/** The order of hits whose request names none. */
export const BY_SCORE: readonly SortKey[] = [{ field: '_score', direction: 'desc' }];

/** compat: an order by score alone is the same as none, and its hits carry no sort values. */
export function isByScore([first, second]: readonly SortKey[]): boolean {
  return first === undefined || (second === undefined && first.field === '_score' && first.direction === 'desc');
}
