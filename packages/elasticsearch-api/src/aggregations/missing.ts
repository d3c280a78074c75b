import { defined } from '../json/json.ts';
import { type AggregationParser, readAggregationOptions, requireField, valueKinds } from './aggregation-parser.ts';

const kinds = { ...valueKinds, value_type: 'string' } as const;

/** Counts the documents without a value. */
export const parseMissing: AggregationParser = (body, context) => {
  const options = readAggregationOptions('missing', body, kinds, context.name);
  return defined({
    type: 'missing' as const,
    field: requireField(options.field),
    missing: options.missing,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};
