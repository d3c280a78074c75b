import type { QueryValue } from '@daybook/search-engine';
import { unsupported } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { scalar } from '../query-dsl/option-readers.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';

/** A bucket for each value; sizes per shard are ignored, since there is one shard and counts are exact. */
export const parseTerms: AggregationParser = (body, context) => {
  const options = readAggregationOptions('terms', body, {
    ...fieldKinds,
    size: 'integer',
    min_doc_count: 'integer',
    order: 'any',
    include: 'any',
    exclude: 'any',
    shard_size: 'ignored',
    shard_min_doc_count: 'ignored',
    show_term_doc_count_error: 'ignored',
    collect_mode: 'ignored',
    execution_hint: 'ignored',
    value_type: 'ignored',
  });
  const size = options.size ?? 10;
  if (size <= 0)
    throw badOption('terms', 'size', `[size] must be greater than 0. Found [${size}] in [${context.name}]`);
  const include = readTermFilter('include', options.include);
  const exclude = readTermFilter('exclude', options.exclude);
  if (
    include !== undefined &&
    exclude !== undefined &&
    (typeof include === 'string') !== (typeof exclude === 'string')
  ) {
    const kind = typeof include === 'string' ? 'regex' : 'set';
    throw badOption(
      'terms',
      'exclude',
      `Cannot mix a ${kind}-based include with a ${kind === 'set' ? 'regex' : 'set'}-based method`,
    );
  }
  return defined({
    type: 'terms' as const,
    field: requireField(options.field),
    size,
    minDocCount: options.min_doc_count ?? 1,
    order: parseBucketOrder('terms', options.order, [
      { path: '_count', direction: 'desc' },
      { path: '_key', direction: 'asc' },
    ]),
    missing: options.missing,
    include,
    exclude,
    format: options.format,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

/** Which values to take: a pattern, or values. */
export function readTermFilter(name: string, given: unknown): string | readonly QueryValue[] | undefined {
  if (given === undefined || typeof given === 'string') return given;
  if (Array.isArray(given)) return given.map((value) => scalar(value, name, 'terms'));
  if (isJsonObject(given)) throw unsupported(`[${name}] by partition in a [terms] aggregation`);
  throw badOption('terms', name, `[${name}] must be a pattern or a list of values`);
}
