import type { BucketOrder } from '../bucket-order.ts';

/** How a pipeline takes a bucket without documents or without a number: leaves it out, or takes 0. */
export type GapPolicy = 'skip' | 'insertZeros';

/** Computed over the buckets of the aggregation around it, in their order. */
export interface ParentPipeline {
  readonly type: 'cumulativeSum' | 'derivative' | 'serialDiff' | 'normalize';
  readonly path: string;
  readonly gapPolicy: GapPolicy;
  readonly format?: string;
  /** Of a derivative: it is given per so many milliseconds too. */
  readonly unitMs?: number;
  /** Of a serial difference: how many buckets before. */
  readonly lag?: number;
  /** Of a normalization. */
  readonly method?: NormalizeMethod;
  readonly meta?: unknown;
}

/** How the values of all buckets are brought to one scale. */
export type NormalizeMethod = 'rescale_0_1' | 'rescale_0_100' | 'percent_of_sum' | 'mean' | 'z-score' | 'softmax';

/** Computed over the buckets of an aggregation beside it: `path` is `histogram>metric`. */
export interface SiblingPipeline {
  readonly type:
    | 'avgBucket'
    | 'maxBucket'
    | 'minBucket'
    | 'sumBucket'
    | 'statsBucket'
    | 'extendedStatsBucket'
    | 'percentilesBucket';
  readonly path: string;
  readonly gapPolicy: GapPolicy;
  readonly format?: string;
  /** Of extended statistics. */
  readonly sigma?: number;
  /** Of percentiles. */
  readonly percents?: readonly number[];
  readonly keyed?: boolean;
  readonly meta?: unknown;
}

/** A number for each bucket around it, or a choice among them, computed by the caller from values of the bucket. */
export interface ScriptPipeline {
  readonly type: 'bucketScript' | 'bucketSelector';
  /** Paths by the names under which the script knows their values. */
  readonly paths: Readonly<Record<string, string>>;
  readonly gapPolicy: GapPolicy;
  readonly format?: string;
  /** A number for a script, a boolean for a selector. */
  readonly evaluate: (values: ReadonlyMap<string, number>) => unknown;
  readonly meta?: unknown;
}

/** Orders and cuts the buckets around it. Without an order it only cuts. */
export interface SortPipeline {
  readonly type: 'bucketSort';
  readonly order: readonly BucketOrder[];
  readonly from: number;
  readonly size?: number;
  readonly gapPolicy: GapPolicy;
  readonly meta?: unknown;
}

/** Aggregations over the results of others. */
export type PipelineAggregation = ParentPipeline | SiblingPipeline | ScriptPipeline | SortPipeline;
