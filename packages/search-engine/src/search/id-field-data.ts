import { DaybookError } from '@daybook/errors';
import type { Aggregation, Aggregations } from '../aggregation/aggregation.ts';
import type { SearchRequest } from './search.ts';

/** Refuses a search that sorts or aggregates by `_id`. */
export function refuseIdFieldData({ sort, aggregations }: SearchRequest): void {
  if (!sort.some(isId) && !anyReadsIds(aggregations)) return;
  throw new DaybookError(
    'invalid-argument',
    'Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: ' +
      'indices.id_field_data.enabled',
    { detail: { reason: 'illegal_argument_exception' } },
  );
}

function anyReadsIds(aggregations: Aggregations | undefined): boolean {
  return Object.values(aggregations ?? {}).some(readsIds);
}

function readsIds(aggregation: Aggregation): boolean {
  if ('field' in aggregation && isId(aggregation)) return true;
  if ('sort' in aggregation && aggregation.type === 'topHits' && aggregation.sort.some(isId)) return true;
  if (aggregation.type === 'composite' && aggregation.sources.some(isId)) return true;
  return 'aggregations' in aggregation && anyReadsIds(aggregation.aggregations);
}

function isId({ field }: { readonly field?: string | undefined }): boolean {
  return field === '_id';
}
