import { defined } from '../json/json.ts';
import type { AggregationParser } from './aggregation-parser.ts';

/** One bucket of what a query finds. */
export const parseFilter: AggregationParser = (body, context) =>
  defined({
    type: 'filter' as const,
    filter: context.parseFilter(body),
    aggregations: context.aggregations,
    meta: context.meta,
  });
