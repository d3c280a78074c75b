import { DaybookError } from '@daybook/errors';

/** The engines' own bound on `from + size`. */
const MAX_WINDOW = 10_000;

/** The page with its defaults; 'invalid-argument' for one that the engines cannot give. */
export function resolvePage(page: PageRequest, defaultSize: number): { from: number; size: number } {
  const { from = 0, size = defaultSize } = page;
  if (!Number.isSafeInteger(from) || from < 0)
    throw new DaybookError('invalid-argument', `A page begins at an integer from 0, not at ${from}`);
  if (!Number.isSafeInteger(size) || size < 0)
    throw new DaybookError('invalid-argument', `A page's size is an integer from 0, not ${size}`);
  if (from + size > MAX_WINDOW)
    throw new DaybookError(
      'invalid-argument',
      `A list is read up to its item ${MAX_WINDOW}; ${from} + ${size} is beyond: narrow the filter, for example by submit time`,
    );
  return { from, size };
}

/** One page and how many items there are on all pages. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** Which page of a list; `from` default 0, `size` default 100, together at most 10,000. */
export interface PageRequest {
  readonly from?: number;
  readonly size?: number;
}
