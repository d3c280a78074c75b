import type { QueryValue } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { type AggregationParser, readAggregationOptions, requireField } from './aggregation-parser.ts';

/** An average in which each value counts as often as its document's weight says. */
export const parseWeightedAvg: AggregationParser = (body, context) => {
  const kinds = { value: 'any', weight: 'any', format: 'string', value_type: 'ignored' } as const;
  const options = readAggregationOptions('weighted_avg', body, kinds);
  return defined({
    type: 'weightedAvg' as const,
    value: readField('value', options.value),
    weight: readField('weight', options.weight),
    format: options.format,
    meta: context.meta,
  });
};

function readField(name: string, given: unknown): { readonly field: string; readonly missing?: QueryValue } {
  if (!isJsonObject(given)) throw illegalArgument(`Could not find field name [${name}] in multiValuesSource`);
  const options = readAggregationOptions('weighted_avg', given, { field: 'string', missing: 'value' });
  return defined({ field: requireField(options.field), missing: options.missing });
}
