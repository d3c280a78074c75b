import { javaDouble, type MetricAggregation } from '@daybook/search-engine';
import { defined } from '../json/json.ts';
import type { Options } from '../query-dsl/option-readers.ts';
import {
  type AggregationContext,
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  refuseBelow,
  requireField,
  valueKinds,
} from './aggregation-parser.ts';

const metricKinds = { ...fieldKinds, value_type: 'string' } as const;

/** The metrics that have no options of their own: one number or a few of the values of one field. */
export function metricParser(wireType: string, type: MetricAggregation['type']): AggregationParser {
  return (body, context) => {
    refuseBelow(wireType, context);
    const options = readAggregationOptions(wireType, body, metricKinds, context.name);
    return metricOf(type, options, context);
  };
}

/** What every metric of one field has. */
function metricOf<T extends string>(
  type: T,
  { field, missing, format }: Partial<Options<typeof fieldKinds>>,
  { meta }: AggregationContext,
) {
  return defined({ type, field: requireField(field), missing, format, meta });
}

const cardinalityKinds = {
  ...valueKinds,
  precision_threshold: 'long',
  rehash: 'long',
  value_type: 'string',
} as const;

/** How many different values there are. */
export const parseCardinality: AggregationParser = (body, context) => {
  refuseBelow('cardinality', context);
  const options = readAggregationOptions('cardinality', body, cardinalityKinds, context.name);
  // Counts are exact, so there is nothing to be precise about.
  const threshold = options.precision_threshold ?? 0;
  if (threshold < 0) {
    const message = `[precisionThreshold] must be greater than or equal to 0. Found [${threshold}] in [${context.name}]`;
    throw badOption('cardinality', 'precision_threshold', message);
  }
  return metricOf('cardinality', options, context);
};

const extendedStatsKinds = {
  ...fieldKinds,
  sigma: 'number',
  value_type: 'string',
} as const;

/** Statistics with variances, and bounds so many deviations from the average. */
export const parseExtendedStats: AggregationParser = (body, context) => {
  refuseBelow('extended_stats', context);
  const options = readAggregationOptions('extended_stats', body, extendedStatsKinds, context.name);
  const sigma = options.sigma ?? 2;
  if (sigma < 0) {
    const message = `[sigma] must be greater than or equal to 0. Found [${javaDouble(sigma)}] in [${context.name}]`;
    throw badOption('extended_stats', 'sigma', message);
  }
  return { ...metricOf('extendedStats', options, context), sigma };
};

const medianAbsoluteDeviationKinds = { ...fieldKinds, compression: 'number', value_type: 'string' } as const;

/** How far the values are from their median. */
export const parseMedianAbsoluteDeviation: AggregationParser = (body, context) => {
  const type = 'median_absolute_deviation';
  refuseBelow(type, context);
  const options = readAggregationOptions(type, body, medianAbsoluteDeviationKinds, context.name);
  const { compression = 1000 } = options;
  if (compression <= 0) {
    const message = `[compression] must be greater than 0. Found [${javaDouble(compression)}] in [${context.name}]`;
    throw badOption(type, 'compression', message);
  }
  return metricOf('medianAbsoluteDeviation', options, context);
};
