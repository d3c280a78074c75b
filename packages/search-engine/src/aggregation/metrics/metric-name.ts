import type { MetricAggregation } from '../aggregation.ts';

/** The names of metrics as the wire spells them. */
export const METRIC_NAMES: Readonly<Record<MetricAggregation['type'], string>> = {
  min: 'min',
  max: 'max',
  sum: 'sum',
  avg: 'avg',
  valueCount: 'value_count',
  stats: 'stats',
  extendedStats: 'extended_stats',
  cardinality: 'cardinality',
  percentiles: 'percentiles',
  percentileRanks: 'percentile_ranks',
  medianAbsoluteDeviation: 'median_absolute_deviation',
};
