import { DaybookError } from '@daybook/errors';
import type { JobPage, JobSearch } from '@daybook/jobs-database';
import { type TInteger, type TOptional, type TString, Type } from 'typebox';
import { jsonLink, type Link } from '../http/links.ts';
import { type PageWindow, pageLink, pageQuery, parsePage, previousByOffset } from '../http/page.ts';
import { formatJobCursor, parseJobCursor } from './job-cursor.ts';
import type { JobSort } from './parse-job-sort.ts';

/** The database reads one job more than a page has, to learn whether there are more. */
const MAX_PLACED = 9_999;

const cursor = (description: string): TOptional<TString> => Type.Optional(Type.String({ minLength: 1, description }));

/** Query parameters of a page of a list of jobs, for its route's schema. */
export const jobPageQuery: {
  readonly limit: TOptional<TInteger>;
  readonly offset: TOptional<TInteger>;
  readonly after: TOptional<TString>;
  readonly before: TOptional<TString>;
} = {
  ...pageQuery,
  after: cursor('What follows a place in the list, as a link `next` has it'),
  before: cursor('What is before a place in the list, as a link `prev` has it'),
};

interface JobPageQuery {
  readonly limit?: number;
  readonly offset?: number;
  readonly after?: string;
  readonly before?: string;
}

/** Which page of a list of jobs. */
export interface JobListPage extends PageWindow, Pick<JobSearch, 'after' | 'before'> {
  readonly sort: JobSort;
}

/** The page that a query asks for. Throws `invalid-argument` for a place that is none, and for more than one. */
export function parseJobPage(query: JobPageQuery, sort: JobSort, defaultLimit: number): JobListPage {
  const { after, before, offset } = query;
  const [first, second] = Object.entries({ after, before, offset }).filter(([, value]) => value !== undefined);
  if (first !== undefined && second !== undefined) {
    throw new DaybookError('invalid-argument', `query parameter ${first[0]} does not go with ${second[0]}`);
  }
  const page = { sort, ...parsePage(query, defaultLimit) };
  if (after === undefined && before === undefined) return page;
  return {
    ...page,
    size: Math.min(page.size, MAX_PLACED),
    ...(after !== undefined && { after: parseJobCursor('after', after, sort) }),
    ...(before !== undefined && { before: parseJobCursor('before', before, sort) }),
  };
}

/**
 * Links of a page: itself, and the next and previous ones where there are any. Each next page begins behind the last job of this one, however far that is and whatever is
 * submitted meanwhile. `url` is the request's own, absolute.
 */
export function jobPageLinks(url: string, page: JobListPage, { next, previous }: JobPage): readonly Link[] {
  return [
    jsonLink(url, 'self'),
    ...(next === undefined ? [] : [pageLink(url, 'next', page, { after: formatJobCursor(page.sort, next) })]),
    ...(previous === undefined ? [] : [pageLink(url, 'prev', page, { before: formatJobCursor(page.sort, previous) })]),
    ...previousByOffset(url, page),
  ];
}
