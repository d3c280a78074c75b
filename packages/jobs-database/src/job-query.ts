import type { JobFilter } from './job-filter.ts';

/** The filter as a query of the Elasticsearch DSL; conditions are not scored. */
export function jobQuery(filter: JobFilter): unknown {
  const conditions = [
    ...anyOf('id', filter.ids),
    ...anyOf('process-id', filter.processIds),
    ...anyOf('state', filter.states),
    ...anyOf('status', filter.statuses),
    ...anyOf('user-id', filter.userIds),
    ...anyOf('error-class', filter.errorClasses),
    ...allOf('labels', filter.labels),
    ...allOf('input-values', filter.inputValues),
    ...allOf('output-values', filter.outputValues),
    ...range('submit-time', filter.submitTime?.from, filter.submitTime?.to),
    ...range('duration', filter.duration?.min, filter.duration?.max),
    ...queryString(filter.queryString),
    ...(filter.final === undefined ? [] : [{ term: { final: filter.final } }]),
  ];
  return conditions.length === 0 ? { match_all: {} } : { bool: { filter: conditions } };
}

function queryString(query: string | undefined): unknown[] {
  // Lenient: a word is looked for in fields of every type, and is no number in some.
  return query === undefined ? [] : [{ query_string: { query, default_operator: 'AND', lenient: true } }];
}

function anyOf(field: string, values: readonly string[] | undefined): unknown[] {
  return values === undefined ? [] : [{ terms: { [field]: values } }];
}

function allOf(field: string, values: readonly string[] | undefined): unknown[] {
  return (values ?? []).map((value) => ({ term: { [field]: value } }));
}

function range(field: string, from: string | number | undefined, to: string | number | undefined): unknown[] {
  if (from === undefined && to === undefined) return [];
  const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lte: to }) };
  return [{ range: { [field]: bounds } }];
}
