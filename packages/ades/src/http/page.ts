import { DaybookError } from '@daybook/errors';
import { type TInteger, type TOptional, Type } from 'typebox';
import { jsonLink, type Link } from './links.ts';

/** Most items on one page; a larger `limit` is taken for this one. */
const MAX_LIMIT = 10_000;

/** The furthest that the jobs database pages by offset; beyond it, filters narrow a list. */
const MAX_WINDOW = 10_000;

/** Query parameters that say where a page begins or ends. */
const PLACES = ['offset', 'after', 'before'] as const;

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
  if (next < total && next < MAX_WINDOW) links.push(pageLink(url, 'next', page, { offset: String(next) }));
  return [...links, ...previousByOffset(url, page)];
}

/** The link to the page before one that does not begin at 0. */
export function previousByOffset(url: string, page: PageWindow): readonly Link[] {
  if (page.from === 0) return [];
  return [pageLink(url, 'prev', page, { offset: String(Math.max(0, page.from - page.size)) })];
}

/** A link to another page of the same list, as long as this one; `place` says which by one query parameter. */
export function pageLink(
  url: string,
  rel: 'next' | 'prev',
  { size }: Pick<PageWindow, 'size'>,
  place: Readonly<Record<string, string>>,
): Link {
  const changed = new URL(url);
  for (const name of PLACES) changed.searchParams.delete(name);
  for (const [name, value] of Object.entries({ limit: String(size), ...place })) changed.searchParams.set(name, value);
  return jsonLink(changed.href, rel);
}

/** The same links for lists whose body has no room for them (RFC 8288). */
export function linkHeader(links: readonly Link[]): string {
  return links.map(({ href, rel }) => `<${href}>; rel="${rel}"`).join(', ');
}
