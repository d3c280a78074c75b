import type { FetchRequest } from '../fetch/fetch.ts';
import type { Double } from '../numbers/double.ts';
import type { Query, QueryValue } from '../query/query.ts';
import type { Hit } from '../search/hit.ts';
import type { SortKey } from '../sort/sort-key.ts';
import type { BucketOrder } from './bucket-order.ts';
import type { PipelineAggregation } from './pipeline/pipeline-aggregation.ts';
import type { UnmappedType } from './unmapped-type.ts';

/** Named aggregations, in the order of the request. */
export type Aggregations = Readonly<Record<string, Aggregation>>;

interface Bucketing {
  readonly aggregations?: Aggregations;
  readonly meta?: unknown;
}

export interface TermsAggregation extends Bucketing {
  readonly type: 'terms';
  readonly field: string;
  readonly size: number;
  readonly minDocCount: number;
  /** Of rare terms: those in more documents are left out. */
  readonly maxDocCount?: number;
  readonly order: readonly BucketOrder[];
  readonly missing?: QueryValue;
  /** A pattern (regular expression), exact values, or a part of all terms. */
  readonly include?: string | readonly QueryValue[] | TermPartition;
  readonly exclude?: string | readonly QueryValue[];
  readonly format?: string;
  /** Whether each bucket says by how much its count may be too low, which is never. */
  readonly showsErrors?: boolean;
  /** What the values are where no index maps the field. */
  readonly valueType?: UnmappedType;
}

/** One of the values that make up a composite bucket's key. */
export type CompositeSource = {
  readonly name: string;
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  /** Whether a document without a value has the value null, instead of standing in no bucket. */
  readonly missingBucket: boolean;
  readonly format?: string;
} & (
  | { readonly type: 'terms' }
  | { readonly type: 'histogram'; readonly interval: number }
  | ({ readonly type: 'dateHistogram' } & Pick<
      DateHistogramAggregation,
      'calendarInterval' | 'fixedIntervalMs' | 'timeZone' | 'offsetMs'
    >)
);

/** At the root only. */
export interface CompositeAggregation extends Bucketing {
  readonly type: 'composite';
  readonly sources: readonly CompositeSource[];
  readonly size: number;
  /** The key behind which buckets begin, as an answer showed it. */
  readonly after?: Readonly<Record<string, QueryValue | null>>;
}

export interface WeightedAvgAggregation {
  readonly type: 'weightedAvg';
  readonly value: { readonly field: string; readonly missing?: QueryValue };
  readonly weight: { readonly field: string; readonly missing?: QueryValue };
  readonly format?: string;
  readonly meta?: unknown;
}

export interface DateHistogramAggregation extends Bucketing {
  readonly type: 'dateHistogram';
  readonly field: string;
  readonly calendarInterval?: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';
  readonly fixedIntervalMs?: number;
  readonly timeZone?: string;
  readonly offsetMs: number;
  readonly format?: string;
  readonly minDocCount: number;
  readonly order: readonly BucketOrder[];
  readonly missing?: QueryValue;
  readonly extendedBounds?: { readonly min?: QueryValue; readonly max?: QueryValue };
  readonly hardBounds?: { readonly min?: QueryValue; readonly max?: QueryValue };
  readonly keyed: boolean;
}

export interface HistogramAggregation extends Bucketing {
  readonly type: 'histogram';
  readonly field: string;
  readonly interval: number;
  readonly offset: number;
  readonly minDocCount: number;
  readonly order: readonly BucketOrder[];
  readonly missing?: QueryValue;
  readonly extendedBounds?: { readonly min?: number; readonly max?: number };
  readonly hardBounds?: { readonly min?: number; readonly max?: number };
  readonly format?: string;
  readonly keyed: boolean;
}

export interface RangeAggregation extends Bucketing {
  readonly type: 'range' | 'dateRange';
  readonly field: string;
  readonly ranges: readonly { readonly key?: string; readonly from?: QueryValue; readonly to?: QueryValue }[];
  readonly missing?: QueryValue;
  readonly format?: string;
  readonly timeZone?: string;
  readonly keyed: boolean;
}

export interface FilterAggregation extends Bucketing {
  readonly type: 'filter';
  readonly filter: Query;
}

export interface FiltersAggregation extends Bucketing {
  readonly type: 'filters';
  /** Named filters are answered keyed, anonymous ones (keys `0`, `1`, …) as a list. */
  readonly filters: readonly { readonly key: string; readonly filter: Query }[];
  readonly keyed: boolean;
  readonly otherBucketKey?: string;
}

export interface MissingAggregation extends Bucketing {
  readonly type: 'missing';
  readonly field: string;
  /** What stands for a document without a value: with it none lacks one. */
  readonly missing?: QueryValue;
}

export interface GlobalAggregation extends Bucketing {
  readonly type: 'global';
}

export interface MetricAggregation {
  readonly type:
    | 'min'
    | 'max'
    | 'sum'
    | 'avg'
    | 'valueCount'
    | 'stats'
    | 'extendedStats'
    | 'cardinality'
    | 'percentiles'
    | 'percentileRanks'
    | 'medianAbsoluteDeviation';
  readonly field: string;
  readonly missing?: QueryValue;
  readonly format?: string;
  /** Of percentiles. */
  readonly percents?: readonly number[];
  /** Of percentile ranks: the values whose ranks are wanted. */
  readonly values?: readonly number[];
  readonly keyed?: boolean;
  /** Of percentiles and their ranks: as an HDR histogram of so many digits has them. */
  readonly hdrDigits?: number;
  /** Of extended stats. */
  readonly sigma?: number;
  readonly meta?: unknown;
}

/** The first documents of each bucket. */
export interface TopHitsAggregation {
  readonly type: 'topHits';
  readonly from: number;
  readonly size: number;
  /** Empty: by score, then by document number. */
  readonly sort: readonly SortKey[];
  readonly trackScores: boolean;
  /** What hits show besides their documents. */
  readonly fetch?: FetchRequest;
  /** How the caller will show the hits: it stands in the result as it came. */
  readonly presentation?: unknown;
  readonly meta?: unknown;
}

/** A bucket for each range of addresses, in the order of their bounds; ranges may overlap. */
export interface IpRangeAggregation extends Bucketing {
  readonly type: 'ipRange';
  readonly field: string;
  /** From inclusive, to exclusive; or a network such as `10.0.0.0/8`. */
  readonly ranges: readonly {
    readonly key?: string;
    readonly from?: string;
    readonly to?: string;
    readonly mask?: string;
  }[];
  readonly missing?: QueryValue;
  readonly keyed: boolean;
}

/** A bucket for each of the intervals of time, whose length is chosen so that there are at most so many. */
export interface AutoDateHistogramAggregation extends Bucketing {
  readonly type: 'autoDateHistogram';
  readonly field: string;
  readonly buckets: number;
  readonly minimumInterval?: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year';
  readonly timeZone?: string;
  readonly format?: string;
  readonly missing?: QueryValue;
}

/** The engine's own aggregation tree; every default of the wire is already filled in. */
export type Aggregation =
  | TermsAggregation
  | DateHistogramAggregation
  | HistogramAggregation
  | RangeAggregation
  | FilterAggregation
  | FiltersAggregation
  | MissingAggregation
  | GlobalAggregation
  | MetricAggregation
  | CompositeAggregation
  | WeightedAvgAggregation
  | TopHitsAggregation
  | IpRangeAggregation
  | AutoDateHistogramAggregation
  | PipelineAggregation;

/** One bucket of a result. */
export interface Bucket {
  readonly key: string | number;
  /** Dates, booleans and formatted numbers only. */
  readonly keyAsString?: string;
  readonly docCount: number;
  /** Addresses are text. */
  readonly from?: number | string;
  readonly fromAsString?: string;
  readonly to?: number | string;
  readonly toAsString?: string;
  readonly aggregations: AggregationResults;
}

/** A bucket whose key is made of several values. */
export interface CompositeBucket {
  readonly key: Readonly<Record<string, string | number | Double | boolean | null>>;
  readonly docCount: number;
  readonly aggregations: AggregationResults;
}

/** What follows from count, sum and sum of squares. Bounds are so many deviations from the average. */
export interface ExtendedStatistics {
  readonly sumOfSquares: number | null;
  readonly variance: number | null;
  readonly varianceSampling: number | null;
  readonly deviation: number | null;
  readonly deviationSampling: number | null;
  readonly upper: number | null;
  readonly lower: number | null;
  readonly upperSampling: number | null;
  readonly lowerSampling: number | null;
}

/**
 * The result of one aggregation. `value` and the like are null where no document had a value. `kind` says what the field held,
 * which a wire format may need (`sterms`, `lterms`, `dterms`).
 */
export type AggregationResult =
  | {
      readonly type: 'buckets';
      readonly of:
        | 'terms'
        | 'dateHistogram'
        | 'autoDateHistogram'
        | 'histogram'
        | 'range'
        | 'dateRange'
        | 'ipRange'
        | 'filters';
      readonly kind: 'string' | 'long' | 'double' | 'date' | 'boolean' | 'unmapped';
      readonly keyed: boolean;
      readonly buckets: readonly Bucket[];
      /** Of terms only, but not of rare ones. */
      readonly sumOtherDocCount?: number;
      /** Of automatic date histograms only: the length that was chosen, such as `5m`. */
      readonly interval?: string;
      /** Of terms only: each bucket says by how much its count may be too low. */
      readonly showsErrors?: boolean;
      readonly meta?: unknown;
    }
  | {
      readonly type: 'single';
      readonly of: 'filter' | 'missing' | 'global';
      readonly docCount: number;
      readonly aggregations: AggregationResults;
      readonly meta?: unknown;
    }
  | {
      readonly type: 'metric';
      readonly of:
        | 'min'
        | 'max'
        | 'sum'
        | 'avg'
        | 'valueCount'
        | 'cardinality'
        | 'weightedAvg'
        | 'medianAbsoluteDeviation'
        | 'simpleValue'
        | 'bucketMetricValue'
        | 'derivative';
      readonly value: number | null;
      readonly valueAsString?: string;
      /** Of a derivative with a unit. */
      readonly normalizedValue?: number | null;
      /** The buckets that have the greatest or least value. */
      readonly keys?: readonly string[];
      readonly meta?: unknown;
    }
  | {
      readonly type: 'stats';
      readonly of: 'stats' | 'extendedStats' | 'statsBucket' | 'extendedStatsBucket';
      readonly count: number;
      readonly min: number | null;
      readonly max: number | null;
      readonly avg: number | null;
      readonly sum: number;
      /** Renders a value as the field or the request's format does; absent for plain numbers. */
      readonly asString?: (value: number) => string;
      readonly extended?: ExtendedStatistics;
      readonly meta?: unknown;
    }
  | {
      readonly type: 'composite';
      readonly of: 'composite';
      readonly buckets: readonly CompositeBucket[];
      /** The last bucket's key. */
      readonly afterKey?: CompositeBucket['key'];
      readonly meta?: unknown;
    }
  | {
      readonly type: 'topHits';
      readonly of: 'topHits';
      readonly total: number;
      readonly maxScore: number | null;
      readonly hits: readonly Hit[];
      /** As it stood in the request. */
      readonly presentation?: unknown;
      readonly meta?: unknown;
    }
  | {
      readonly type: 'percentiles';
      readonly of: 'percentiles' | 'percentileRanks' | 'percentilesBucket';
      /** Of percentile ranks: the values whose ranks these are. */
      readonly percents: readonly number[];
      /** By percent; null where there is nothing of which they could be. */
      readonly values: readonly number[] | null;
      /** Of values that are shown as texts too. */
      readonly formatter?: (value: number) => string;
      /** Any percentile, or the rank of any value; null without values. For pipelines: it is not to be asked once the search has its results. */
      readonly at: (percent: number) => number | null;
      readonly isHdr?: boolean;
      readonly keyed: boolean;
      readonly meta?: unknown;
    };

/** Results by the request's names, in the request's order. */
export type AggregationResults = Readonly<Record<string, AggregationResult>>;

/** One of several parts of all terms. */
export interface TermPartition {
  readonly partition: number;
  readonly partitions: number;
}
