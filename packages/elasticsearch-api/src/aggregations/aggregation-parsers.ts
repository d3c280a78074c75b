import type { AggregationParser } from './aggregation-parser.ts';
import { parseComposite } from './composite.ts';
import { parseDateHistogram } from './date-histogram.ts';
import { parseFilter } from './filter.ts';
import { parseFilters } from './filters.ts';
import { parseGlobal } from './global.ts';
import { parseHistogram } from './histogram.ts';
import { metricParser } from './metric.ts';
import { parseMissing } from './missing.ts';
import { parseBucketSort } from './pipeline/bucket-sort.ts';
import { pathPipelineParser } from './pipeline/path-pipeline.ts';
import { scriptPipelineParser } from './pipeline/script-pipeline.ts';
import { parseDateRange, parseRange } from './range.ts';
import { parseRareTerms } from './rare-terms.ts';
import { parseTerms } from './terms.ts';
import { parseWeightedAvg } from './weighted-avg.ts';

/** Every aggregation of the language, by its name on the wire. */
export const aggregationParsers: ReadonlyMap<string, AggregationParser> = new Map([
  ['terms', parseTerms],
  ['date_histogram', parseDateHistogram],
  ['histogram', parseHistogram],
  ['range', parseRange],
  ['date_range', parseDateRange],
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
  ['extended_stats', metricParser('extended_stats', 'extendedStats')],
  ['cardinality', metricParser('cardinality', 'cardinality')],
  ['percentiles', metricParser('percentiles', 'percentiles')],
  ['percentile_ranks', metricParser('percentile_ranks', 'percentileRanks')],
  ['median_absolute_deviation', metricParser('median_absolute_deviation', 'medianAbsoluteDeviation')],
  ['weighted_avg', parseWeightedAvg],
  ['rare_terms', parseRareTerms],
  ['composite', parseComposite],
  ['avg_bucket', pathPipelineParser('avg_bucket', 'avgBucket')],
  ['max_bucket', pathPipelineParser('max_bucket', 'maxBucket')],
  ['min_bucket', pathPipelineParser('min_bucket', 'minBucket')],
  ['sum_bucket', pathPipelineParser('sum_bucket', 'sumBucket')],
  ['stats_bucket', pathPipelineParser('stats_bucket', 'statsBucket')],
  ['cumulative_sum', pathPipelineParser('cumulative_sum', 'cumulativeSum')],
  ['derivative', pathPipelineParser('derivative', 'derivative')],
  ['bucket_script', scriptPipelineParser('bucket_script', 'bucketScript')],
  ['bucket_selector', scriptPipelineParser('bucket_selector', 'bucketSelector')],
  ['bucket_sort', parseBucketSort],
]);

/** Aggregations that Elasticsearch has and this server does not. */
export const unsupportedAggregations: ReadonlySet<string> = new Set(
  (
    'adjacency_matrix auto_date_histogram boxplot children ' +
    'cumulative_cardinality diversified_sampler extended_stats_bucket geo_bounds geo_centroid ' +
    'geo_distance geohash_grid geotile_grid inference ip_range matrix_stats ' +
    'moving_avg moving_fn moving_percentiles multi_terms nested normalize parent percentiles_bucket ' +
    'rate reverse_nested sampler scripted_metric serial_diff significant_terms significant_text string_stats ' +
    't_test top_hits top_metrics variable_width_histogram'
  ).split(' '),
);
