import { illegalArgument } from '../errors/errors.ts';
import { defined } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';
import { parseBounds } from './histogram-options.ts';

/** Buckets of one width over numbers. */
export const parseHistogram: AggregationParser = (body, context) => {
  const options = readAggregationOptions('histogram', body, {
    ...fieldKinds,
    interval: 'number',
    offset: 'number',
    min_doc_count: 'integer',
    order: 'any',
    extended_bounds: 'any',
    keyed: 'boolean',
  });
  if (options.interval === undefined) throw illegalArgument('interval must be positive, got: 0.0');
  if (options.interval <= 0) {
    throw badOption('histogram', 'interval', `[interval] must be >0 for histogram aggregation [${context.name}]`);
  }
  const bounds = parseBounds('histogram', 'extended_bounds', options.extended_bounds);
  return defined({
    type: 'histogram' as const,
    field: requireField(options.field),
    interval: options.interval,
    offset: options.offset ?? 0,
    minDocCount: options.min_doc_count ?? 0,
    order: parseBucketOrder('histogram', options.order, [{ path: '_key', direction: 'asc' }]),
    missing: options.missing,
    extendedBounds:
      bounds === undefined
        ? undefined
        : defined({
            min: bounds.min === undefined ? undefined : toNumber(bounds.min),
            max: bounds.max === undefined ? undefined : toNumber(bounds.max),
          }),
    format: options.format,
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};
