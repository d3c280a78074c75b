import type { JobQuery } from '../ades/search.ts';
import type { JobFilters } from './job-filters.ts';
import { parseMoment } from './parse-duration.ts';
import { usageError } from './usage-error.ts';

const STATES: readonly string[] = ['accepted', 'running', 'successful', 'failed', 'dismissed'];

/**
 * The query of the jobs of these ids, or of those that every filter selects, and each of `further` clauses. Throws a usage error unless ids or
 * filters say which.
 */
export function selectionQuery(
  ids: readonly string[],
  filters: JobFilters,
  further: readonly JobQuery[] = [],
): JobQuery {
  const clauses = filterClauses(filters);
  if (ids.length > 0 === clauses.length > 0) {
    throw usageError(
      ids.length > 0
        ? 'expected ids of jobs or filters such as -l, not both'
        : 'expected ids of jobs, or filters such as -l',
    );
  }
  return { bool: { filter: [...(ids.length > 0 ? [{ ids: { values: ids } }] : clauses), ...further] } };
}

/** The query of the jobs that every filter selects; all of them without a filter. */
export function filterQuery(filters: JobFilters): JobQuery {
  return { bool: { filter: filterClauses(filters) } };
}

/** The query of a Lucene query string, which the job list reads alike. */
export function luceneQuery(query: string): JobQuery {
  return { query_string: { query, default_operator: 'AND', lenient: true } };
}

function filterClauses(filters: JobFilters): readonly JobQuery[] {
  const { label, status, process, user, input, errorClass, since, until, query } = filters;
  return [
    ...(label ?? []).map((each) => ({ term: { labels: each } })),
    ...(status === undefined ? [] : [statusClause(status)]),
    ...(process === undefined ? [] : [{ terms: { 'process-id': process } }]),
    ...(user === undefined ? [] : [{ terms: { 'user-id': user } }]),
    ...(input ?? []).map((each) => ({ term: { 'input-values': each } })),
    ...(errorClass === undefined ? [] : [{ terms: { 'error-class': errorClass } }]),
    ...(since === undefined ? [] : [timeClause('gte', '--since', since)]),
    ...(until === undefined ? [] : [timeClause('lte', '--until', until)]),
    ...(query === undefined ? [] : [luceneQuery(query)]),
  ];
}

/** A state, by OGC's word or Daybook's own, or what an Update Job step has said. */
function statusClause(statuses: readonly string[]): JobQuery {
  const words = statuses.flatMap((each) => each.split(','));
  const states = words
    .map((word) => (word === 'succeeded' ? 'successful' : word))
    .filter((word) => STATES.includes(word));
  const others = words.filter((word) => !STATES.includes(word) && word !== 'succeeded');
  return { bool: { should: [{ terms: { state: states } }, { terms: { status: others } }], minimum_should_match: 1 } };
}

function timeClause(bound: 'gte' | 'lte', name: string, text: string): JobQuery {
  return { range: { 'submit-time': { [bound]: parseMoment(name, text).toISOString() } } };
}
