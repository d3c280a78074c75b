import { illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { type AggregationParser, badOption, readAggregationOptions } from './aggregation-parser.ts';

/** Each is a search of its own. */
const maxFilters = 1024;

/** Named filters, or a list of anonymous ones; `other_bucket` adds a bucket for the rest. */
export const parseFilters: AggregationParser = (body, context) => {
  const options = readAggregationOptions('filters', body, {
    filters: 'any',
    other_bucket: 'boolean',
    other_bucket_key: 'string',
  });
  const given = options.filters;
  const keyed = isJsonObject(given);
  if (!keyed && !Array.isArray(given) && given !== undefined) {
    throw badOption('filters', 'filters', '[filters] must be an object or a list');
  }
  const filters = Object.entries((given ?? []) as object).map(([key, filter]) => ({
    key,
    filter: context.parseFilter(filter),
  }));
  if (filters.length === 0) throw illegalArgument('[filters] cannot be empty.');
  if (filters.length > maxFilters) {
    throw illegalArgument(`[filters] has [${filters.length}] filters, at most [${maxFilters}] are allowed`);
  }
  const other = options.other_bucket ?? options.other_bucket_key !== undefined;
  return defined({
    type: 'filters' as const,
    filters,
    keyed,
    otherBucketKey: other ? (options.other_bucket_key ?? '_other_') : undefined,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};
