import type { Aggregation, Aggregations } from './aggregation.ts';
import { aggregationError } from './aggregation-error.ts';
import type { Aggregator } from './aggregator.ts';
import { AutoDateHistogramAggregator } from './buckets/auto-date-histogram.ts';
import { CompositeAggregator } from './buckets/composite.ts';
import { FiltersAggregator, SingleBucketAggregator } from './buckets/filters.ts';
import { HistogramAggregator } from './buckets/histogram.ts';
import { IpRangeAggregator } from './buckets/ip-range.ts';
import { planDateHistogram, planHistogram } from './buckets/plan-histogram.ts';
import { RangeAggregator } from './buckets/range.ts';
import { TermsAggregator } from './buckets/terms.ts';
import type { PlanContext } from './field-source.ts';
import { CardinalityAggregator } from './metrics/cardinality.ts';
import { MedianAbsoluteDeviationAggregator } from './metrics/median-absolute-deviation.ts';
import { NumberMetricAggregator, StatsAggregator } from './metrics/number-metric.ts';
import { PercentileRanksAggregator } from './metrics/percentile-ranks.ts';
import { PercentilesAggregator } from './metrics/percentiles.ts';
import { TopHitsAggregator } from './metrics/top-hits.ts';
import { ValueCountAggregator } from './metrics/value-count.ts';
import { WeightedAvgAggregator } from './metrics/weighted-avg.ts';
import { isPipeline } from './pipeline/is-pipeline.ts';
import type { PipelineAggregation } from './pipeline/pipeline-aggregation.ts';
import type { SubAggregators } from './sub-aggregations.ts';

/** Far beyond any use, and far below what the stack bears. */
const MAX_DEPTH = 100;

/** Plans each aggregation of one level and those below it, except pipelines, which run over results. Throws `invalid-argument` for what no index can serve. */
export function planAggregations(
  aggregations: Aggregations,
  context: PlanContext,
  depth = 0,
  parent?: Aggregation['type'],
): SubAggregators {
  if (depth > MAX_DEPTH) throw aggregationError(`aggregations are nested more than ${MAX_DEPTH} deep`);
  const planned = new Map<string, Aggregator>();
  for (const [name, aggregation] of Object.entries(aggregations)) {
    if (isPipeline(aggregation)) continue;
    if (aggregation.type === 'global' && depth > 0) {
      throw aggregationError(
        `Aggregation [${name}] cannot have a global sub-aggregation: it can only be at the root`,
        'aggregation_execution_exception',
      );
    }
    if (aggregation.type === 'composite' && parent !== undefined) {
      throw aggregationError(
        `[composite] aggregation cannot be used with a parent aggregation of type: [${factoryOf(parent)}]`,
      );
    }
    const below =
      'aggregations' in aggregation && aggregation.aggregations !== undefined
        ? planAggregations(aggregation.aggregations, context, depth + 1, aggregation.type)
        : new Map<string, Aggregator>();
    planned.set(name, planOne(name, aggregation, below, context));
  }
  return planned;
}

/** compat: by the name of a class. */
function factoryOf(type: Aggregation['type']): string {
  return `${type[0]!.toUpperCase()}${type.slice(1)}AggregatorFactory`;
}

function planOne(
  name: string,
  aggregation: Exclude<Aggregation, PipelineAggregation>,
  below: SubAggregators,
  context: PlanContext,
): Aggregator {
  switch (aggregation.type) {
    case 'terms':
      return new TermsAggregator(name, aggregation, below, context);
    case 'dateHistogram':
      return new HistogramAggregator(planDateHistogram(name, aggregation, context), below);
    case 'histogram':
      return new HistogramAggregator(planHistogram(name, aggregation, context), below);
    case 'range':
    case 'dateRange':
      return new RangeAggregator(name, aggregation, below, context);
    case 'filter':
    case 'missing':
    case 'global':
      return new SingleBucketAggregator(aggregation, below, context);
    case 'filters':
      return new FiltersAggregator(aggregation, below);
    case 'min':
    case 'max':
    case 'sum':
    case 'avg':
      return new NumberMetricAggregator(aggregation, aggregation.type, context);
    case 'stats':
    case 'extendedStats':
      return new StatsAggregator(aggregation, context);
    case 'valueCount':
      return new ValueCountAggregator(aggregation, context);
    case 'cardinality':
      return new CardinalityAggregator(aggregation, context);
    case 'percentiles':
      return new PercentilesAggregator(aggregation, context);
    case 'percentileRanks':
      return new PercentileRanksAggregator(aggregation, context);
    case 'medianAbsoluteDeviation':
      return new MedianAbsoluteDeviationAggregator(aggregation, context);
    case 'weightedAvg':
      return new WeightedAvgAggregator(aggregation, context);
    case 'topHits':
      return new TopHitsAggregator(aggregation);
    case 'ipRange':
      return new IpRangeAggregator(name, aggregation, below, context);
    case 'autoDateHistogram':
      return new AutoDateHistogramAggregator(aggregation, below, context);
    case 'composite':
      return new CompositeAggregator(aggregation, below, context);
  }
}
