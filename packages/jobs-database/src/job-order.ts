import type { JobCursor, JobSearch, SortField } from './jobs-database.ts';

const KEYWORDS: ReadonlySet<SortField> = new Set(['id', 'status']);
/** Later than every time and longer than every duration: it stands for the end where jobs that have no value are, as JSON does not hold what engines say there. */
const END = 8_640_000_000_000_000;

/** The part of a search that orders jobs, and begins behind a place. */
export interface JobOrder {
  readonly sort: readonly unknown[];
  readonly search_after?: JobCursor;
}

/** The order of a search. Pages before a place are searched in the opposite one, from there on. Jobs without a value come last. */
export function jobOrder({ sort: { field, order } = DEFAULT_SORT, after, before }: JobSearch): JobOrder {
  const place = after ?? before;
  const direction = before === undefined ? order : opposite(order);
  const none = before === undefined ? '_last' : '_first';
  const byId = { id: { order: direction, missing: none } };
  if (field === 'id') return { sort: [byId], ...(place !== undefined && { search_after: place }) };
  const end = order === 'asc' ? END : -END;
  const isAtEnd = place?.[0] === null && !KEYWORDS.has(field);
  return {
    sort: [{ [field]: { order: direction, missing: isAtEnd ? end : none } }, byId],
    ...(place !== undefined && { search_after: isAtEnd ? [end, ...place.slice(1)] : place }),
  };
}

/** The place of a hit, by the sort values that an engine gave it. */
export function cursorOf(
  sort: readonly unknown[] | undefined,
  { sort: { field } = DEFAULT_SORT }: JobSearch,
): JobCursor {
  return (sort ?? []).map((value, i) => {
    if (i > 0 || KEYWORDS.has(field)) return typeof value === 'string' ? value : null;
    return typeof value === 'number' && Math.abs(value) < END ? value : null;
  });
}

const DEFAULT_SORT = { field: 'submit-time', order: 'desc' } as const;

function opposite(order: 'asc' | 'desc'): 'asc' | 'desc' {
  return order === 'asc' ? 'desc' : 'asc';
}
