import { defined } from '../json/json.ts';
import { type AggregationParser, readAggregationOptions } from './aggregation-parser.ts';

/** All documents, whatever the query finds. */
export const parseGlobal: AggregationParser = (body, context) => {
  readAggregationOptions('global', body, {});
  return defined({ type: 'global' as const, aggregations: context.aggregations, meta: context.meta });
};
