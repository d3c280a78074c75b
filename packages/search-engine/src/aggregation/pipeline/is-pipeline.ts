import type { Aggregation } from '../aggregation.ts';
import type { PipelineAggregation } from './pipeline-aggregation.ts';

const PIPELINES: ReadonlySet<Aggregation['type']> = new Set<PipelineAggregation['type']>([
  'avgBucket',
  'bucketScript',
  'bucketSelector',
  'bucketSort',
  'cumulativeSum',
  'derivative',
  'extendedStatsBucket',
  'maxBucket',
  'minBucket',
  'normalize',
  'percentilesBucket',
  'serialDiff',
  'statsBucket',
  'sumBucket',
]);

/** Whether an aggregation is computed from the results of others. */
export function isPipeline(aggregation: Aggregation): aggregation is PipelineAggregation {
  return PIPELINES.has(aggregation.type);
}
