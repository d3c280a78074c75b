import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import type { AggregationParser } from './aggregation-parser.ts';

/** Each is a search of its own. */
const maxFilters = 1024;

const TOKENS: Readonly<Record<string, readonly string[]>> = {
  filters: ['START_OBJECT', 'START_ARRAY'],
  other_bucket: ['VALUE_BOOLEAN'],
  other_bucket_key: ['VALUE_STRING'],
};

interface FiltersBody {
  readonly filters?: JsonObject | readonly unknown[];
  readonly other_bucket?: boolean;
  readonly other_bucket_key?: string;
}

/** Named filters, or a list of anonymous ones; `other_bucket` adds a bucket for the rest. */
export const parseFilters: AggregationParser = (body, context) => {
  checkTokens(body, context.name);
  const { filters: given, other_bucket: otherBucket, other_bucket_key: otherBucketKey } = body as FiltersBody;
  const keyed = isJsonObject(given);
  const filters = Object.entries((given ?? []) as object).map(([key, filter]) => ({
    key,
    filter: context.parseFilter(filter),
  }));
  if (filters.length === 0) throw illegalArgument('[filters] cannot be empty.');
  if (filters.length > maxFilters) {
    throw illegalArgument(`[filters] has [${filters.length}] filters, at most [${maxFilters}] are allowed`);
  }
  const other = otherBucket ?? otherBucketKey !== undefined;
  return defined({
    type: 'filters' as const,
    filters,
    keyed,
    otherBucketKey: other ? (otherBucketKey ?? '_other_') : undefined,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function checkTokens(body: JsonObject, name: string): void {
  for (const [option, value] of Object.entries(body)) {
    const tokens = Object.hasOwn(TOKENS, option) ? TOKENS[option] : undefined;
    if (tokens?.includes(tokenOf(value)) === true) continue;
    throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}]: [${option}].`);
  }
}
