import type { JobFilter } from './jobs-database.ts';

/** The filter as a query of the Elasticsearch DSL; conditions are not scored. */
export function jobQuery(filter: JobFilter): unknown {
  const conditions = [
    ...anyOf('id', filter.ids),
    ...anyOf('process-id', filter.processIds),
    ...anyOf('state', filter.states),
    ...anyOf('status', filter.statuses),
    ...anyOf('user-id', filter.userIds),
    ...allOf('labels', filter.labels),
    ...allOf('input-values', filter.inputValues),
    ...allOf('output-values', filter.outputValues),
    ...range('submit-time', filter.submitTime?.from, filter.submitTime?.to),
    ...range('duration', filter.duration?.min, filter.duration?.max),
    ...(filter.final === undefined ? [] : [{ term: { final: filter.final } }]),
  ];
  return conditions.length === 0 ? { match_all: {} } : { bool: { filter: conditions } };
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
