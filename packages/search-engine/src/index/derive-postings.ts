import type { Steps } from '../steps/steps.ts';
import type { IndexData } from './index-data.ts';

/**
 * Makes the postings that searches have asked for, unless it is ended before: always of what `data` gives, which may be others from one step to the
 * next.
 */
export function* derivePostings(data: () => IndexData, signal: AbortSignal): Steps<void> {
  while (!signal.aborted) {
    const column = data().columnLackingPostings();
    if (column === undefined) return;
    column.derivePostings();
    yield;
  }
}
