import { DaybookError } from '@daybook/errors';
import { type TInteger, type TOptional, Type } from 'typebox';
import { jsonLink, type Link } from './links.ts';

/** Most items on one page; a larger `limit` is taken for this one. */
const MAX_LIMIT = 10_000;

/** The furthest that the jobs database pages by offset; beyond it, filters narrow a list. */
const MAX_WINDOW = 10_000;

/** Query parameters of a list, for its route's schema. */
export const pageQuery: { readonly limit: TOptional<TInteger>; readonly offset: TOptional<TInteger> } = {
  limit: Type.Optional(Type.Integer({ minimum: 1, description: `Items on the page, at most ${MAX_LIMIT}` })),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_WINDOW - 1, description: 'Items to skip' })),
};

/** A page of a list, by offset. */
export interface PageWindow {
  readonly from: number;
  readonly size: number;
}

/** The page that a query asks for. Throws `invalid-argument` for an offset that the database does not reach. */
export function parsePage(
  query: { readonly limit?: number; readonly offset?: number },
  defaultLimit: number,
): PageWindow {
  const from = query.offset ?? 0;
  if (from >= MAX_WINDOW) {
    throw new DaybookError(
      'invalid-argument',
      `query parameter offset must be less than ${MAX_WINDOW}, not ${from}: narrow the list by filters instead`,
    );
  }
  return { from, size: Math.min(query.limit ?? defaultLimit, MAX_LIMIT, MAX_WINDOW - from) };
}

/** Links of a page: itself, and the next and previous ones where there are any. `url` is the request's own, absolute. */
export function pageLinks(url: string, page: PageWindow, total: number): readonly Link[] {
  const next = page.from + page.size;
  const links = [jsonLink(url, 'self')];
  if (next < total && next < MAX_WINDOW) links.push(jsonLink(withOffset(url, next, page.size), 'next'));
  if (page.from > 0) links.push(jsonLink(withOffset(url, Math.max(0, page.from - page.size), page.size), 'prev'));
  return links;
}

function withOffset(url: string, offset: number, limit: number): string {
  const changed = new URL(url);
  changed.searchParams.set('limit', String(limit));
  changed.searchParams.set('offset', String(offset));
  return changed.href;
}

/** The same links for lists whose body has no room for them (RFC 8288). */
export function linkHeader(links: readonly Link[]): string {
  return links.map(({ href, rel }) => `<${href}>; rel="${rel}"`).join(', ');
}
