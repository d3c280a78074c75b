import type { AggregationParser } from './aggregation-parser.ts';
import { parseAutoDateHistogram } from './auto-date-histogram.ts';
import { parseComposite } from './composite.ts';
import { parseDateHistogram } from './date-histogram.ts';
import { parseFilter } from './filter.ts';
import { parseFilters } from './filters.ts';
import { parseGlobal } from './global.ts';
import { parseHistogram } from './histogram.ts';
import { parseIpRange } from './ip-range.ts';
import { metricParser, parseCardinality, parseExtendedStats, parseMedianAbsoluteDeviation } from './metric.ts';
import { parseMissing } from './missing.ts';
import { parsePercentileRanks, parsePercentiles } from './percentiles.ts';
import { parseBucketSort } from './pipeline/bucket-sort.ts';
import { parseCumulativeSum, parseDerivative, parseNormalize, parseSerialDiff } from './pipeline/parent-pipeline.ts';
import { scriptPipelineParser } from './pipeline/script-pipeline.ts';
import { siblingPipelineParser } from './pipeline/sibling-pipeline.ts';
import { parseDateRange, parseRange } from './range.ts';
import { parseRareTerms } from './rare-terms.ts';
import { parseTerms } from './terms.ts';
import { parseTopHits } from './top-hits.ts';
import { parseWeightedAvg } from './weighted-avg.ts';

/** Every aggregation of the language, by its name on the wire. */
export const aggregationParsers: ReadonlyMap<string, AggregationParser> = new Map([
  ['terms', parseTerms],
  ['date_histogram', parseDateHistogram],
  ['histogram', parseHistogram],
  ['range', parseRange],
  ['date_range', parseDateRange],
  ['ip_range', parseIpRange],
  ['auto_date_histogram', parseAutoDateHistogram],
  ['filter', parseFilter],
  ['filters', parseFilters],
  ['missing', parseMissing],
  ['global', parseGlobal],
  ['min', metricParser('min', 'min')],
  ['max', metricParser('max', 'max')],
  ['sum', metricParser('sum', 'sum')],
  ['avg', metricParser('avg', 'avg')],
  ['value_count', metricParser('value_count', 'valueCount')],
  ['stats', metricParser('stats', 'stats')],
  ['extended_stats', parseExtendedStats],
  ['cardinality', parseCardinality],
  ['percentiles', parsePercentiles],
  ['percentile_ranks', parsePercentileRanks],
  ['median_absolute_deviation', parseMedianAbsoluteDeviation],
  ['weighted_avg', parseWeightedAvg],
  ['rare_terms', parseRareTerms],
  ['top_hits', parseTopHits],
  ['composite', parseComposite],
  ['avg_bucket', siblingPipelineParser('avgBucket')],
  ['max_bucket', siblingPipelineParser('maxBucket')],
  ['min_bucket', siblingPipelineParser('minBucket')],
  ['sum_bucket', siblingPipelineParser('sumBucket')],
  ['stats_bucket', siblingPipelineParser('statsBucket')],
  ['extended_stats_bucket', siblingPipelineParser('extendedStatsBucket')],
  ['percentiles_bucket', siblingPipelineParser('percentilesBucket')],
  ['cumulative_sum', parseCumulativeSum],
  ['derivative', parseDerivative],
  ['serial_diff', parseSerialDiff],
  ['normalize', parseNormalize],
  ['bucket_script', scriptPipelineParser('bucket_script', 'bucketScript')],
  ['bucket_selector', scriptPipelineParser('bucket_selector', 'bucketSelector')],
  ['bucket_sort', parseBucketSort],
]);

/** Aggregations that Elasticsearch has and this server does not. */
export const unsupportedAggregations: ReadonlySet<string> = new Set(
  (
    'adjacency_matrix boxplot children ' +
    'cumulative_cardinality diversified_sampler geo_bounds geo_centroid ' +
    'geo_distance geohash_grid geotile_grid inference matrix_stats ' +
    'moving_avg moving_fn moving_percentiles multi_terms nested parent ' +
    'rate reverse_nested sampler scripted_metric significant_terms significant_text string_stats ' +
    't_test top_metrics variable_width_histogram'
  ).split(' '),
);
