import type { QueryValue } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { defined, type JsonObject } from '../json/json.ts';
import { readMember } from '../search/read-content.ts';
import { type AggregationParser, readAggregationOptions, valueKinds } from './aggregation-parser.ts';

/** An average in which each value counts as often as its document's weight says. */
export const parseWeightedAvg: AggregationParser = (body, context) => {
  const kinds = { value: 'object', weight: 'object', format: 'string', value_type: 'string' } as const;
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
  if (given === undefined) throw illegalArgument(`Could not find field name [${name}] in multiValuesSource`);
  return readMember('weighted_avg', name, () => {
    const { field, missing } = readAggregationOptions('field_config', given as JsonObject, valueKinds);
    if (field !== undefined) return defined({ field, missing });
    throw illegalArgument('[field] and [script] cannot both be null.  Please specify one or the other.');
  });
}
