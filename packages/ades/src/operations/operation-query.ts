import type { JsonObject } from '@daybook/jobs';
import type { OperationAction } from './operation.ts';

/** What a job must be, beside what the query says, for each action to be done with it. */
const ELIGIBLE: Readonly<
  Record<OperationAction, { readonly filter: readonly unknown[]; readonly not: readonly unknown[] }>
> = {
  retry: { filter: [{ term: { final: true } }], not: [{ exists: { field: 'superseded-by' } }] },
  dismiss: { filter: [{ term: { final: false } }], not: [] },
  delete: { filter: [{ term: { final: true } }], not: [{ exists: { field: 'removed-time' } }] },
  label: { filter: [], not: [] },
};

/** The query, in the Elasticsearch DSL, of the jobs that an operation is about: those of `query` with which it can be done, as of `created`. */
export function operationQuery(action: OperationAction, query: string | JsonObject, created: string): unknown {
  const { filter, not } = ELIGIBLE[action];
  const selected =
    typeof query === 'string' ? { query_string: { query, default_operator: 'AND', lenient: true } } : query;
  return {
    bool: { filter: [selected, ...filter], must_not: [...not, { range: { 'submit-time': { gt: created } } }] },
  };
}
