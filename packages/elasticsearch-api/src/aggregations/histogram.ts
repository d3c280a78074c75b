import type { QueryValue } from '@daybook/search-engine';
import { defined } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import { type AggregationParser, badOption, readAggregationOptions, requireField } from './aggregation-parser.ts';
import { parseBucketOrder } from './bucket-order.ts';
import { checkMinDocCount, histogramKinds, parseBounds } from './histogram-options.ts';

const kinds = {
  ...histogramKinds,
  interval: 'number',
  offset: 'number',
} as const;

/** Buckets of one width over numbers. */
export const parseHistogram: AggregationParser = (body, context) => {
  const options = readAggregationOptions('histogram', body, kinds, context.name);
  const { interval = 0, min_doc_count: minDocCount = 0 } = options;
  checkMinDocCount('histogram', minDocCount, context.name);
  if (options.interval !== undefined && interval <= 0) {
    throw badOption('histogram', 'interval', `[interval] must be >0 for histogram aggregation [${context.name}]`);
  }
  return defined({
    type: 'histogram' as const,
    field: requireField(options.field),
    interval,
    offset: options.offset ?? 0,
    minDocCount,
    order: parseBucketOrder('histogram', options.order, [{ path: '_key', direction: 'asc' }]),
    missing: options.missing,
    extendedBounds: numberBounds('extended_bounds', options.extended_bounds),
    hardBounds: numberBounds('hard_bounds', options.hard_bounds),
    format: options.format,
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function numberBounds(name: string, given: unknown): { readonly min?: number; readonly max?: number } | undefined {
  const bounds = parseBounds('histogram', name, given, 'double_bounds');
  const number = (bound: QueryValue | undefined): number | undefined =>
    bound === undefined ? undefined : toNumber(bound);
  return bounds && defined({ min: number(bounds.min), max: number(bounds.max) });
}
