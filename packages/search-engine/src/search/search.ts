import type { AggregationResults, Aggregations } from '../aggregation/aggregation.ts';
import type { FetchedHit, FetchRequest } from '../fetch/fetch.ts';
import type { Query } from '../query/query.ts';

/** One key of the order of hits. */
export interface SortKey {
  /** A field's name, `_score`, `_doc` (a document's place in its index), or `_shard_doc` (that of its index before its own). */
  readonly field: string;
  readonly direction: 'asc' | 'desc';
  /** Where documents without a value go; a value stands for them. Default `_last`. */
  readonly missing?: '_last' | '_first' | string | number;
  readonly mode?: 'min' | 'max' | 'sum' | 'avg' | 'median';
  readonly format?: string;
  /** What the numbers of the field are treated as. */
  readonly numericType?: 'long' | 'double' | 'date' | 'date_nanos';
  /** The type to treat the field as where an index does not map it; without it an unmapped field is an error. */
  readonly unmappedType?: string;
}

/** One search; every default of the wire is already filled in. */
export interface SearchRequest {
  readonly query: Query;
  /** Applied to the hits after the aggregations have counted. */
  readonly postFilter?: Query;
  readonly from: number;
  readonly size: number;
  /** Empty: by score, then by document number. */
  readonly sort: readonly SortKey[];
  /** The sort values of the last hit of the page before, one for each sort key. */
  readonly searchAfter?: readonly SortValue[];
  readonly minScore?: number;
  /** The most documents that are found in each index, in the order of the index: a search stops behind them. */
  readonly terminateAfter?: number;
  /** Only the first hit of each value of this field is given; totals and aggregations count all. Not together with `searchAfter`. */
  readonly collapse?: string;
  /** Whether hits carry scores though they are sorted otherwise. */
  readonly trackScores: boolean;
  readonly aggregations: Aggregations;
  /** What hits show besides their documents. */
  readonly fetch?: FetchRequest;
  readonly limits?: SearchLimits;
}

/** What a search may ask for. */
export interface SearchLimits {
  /** Buckets of the whole answer, 65,535 unless given. Above the engine's own bound it is `limit-exceeded` as a `circuit_breaking_exception`. */
  readonly maxBuckets?: number;
  /** False refuses queries that walk dictionaries: patterns, misspellings, and ranges of terms. */
  readonly allowExpensiveQueries?: boolean;
  /** False refuses sorts and aggregations by `_id`. */
  readonly allowIdFieldData?: boolean;
}

/** A sort value as it goes to the client and comes back in `searchAfter`. Missing values are null. */
export type SortValue = string | number | null;

/** A document as it was found. Its source bytes are the JSON object exactly as it was indexed. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  readonly score: number | null;
  readonly sort: readonly SortValue[];
  readonly version: number;
  readonly seqNo: number;
  readonly primaryTerm: number;
  readonly matchedQueries: readonly string[];
  /** Paths of the fields that have values which are not indexed. */
  readonly ignored: readonly string[];
  /** The hit's value of the field by which hits are collapsed. */
  readonly collapsed?: string | number | null;
  /** Where the request has a `fetch`. */
  readonly fetched?: FetchedHit;
  source(): Uint8Array;
}

/** What a search found. */
export interface SearchResult {
  /** Exact. */
  readonly total: number;
  /** Whether `terminateAfter` kept documents from being found. */
  readonly terminatedEarly: boolean;
  readonly maxScore: number | null;
  readonly hits: readonly Hit[];
  readonly aggregations: AggregationResults;
}
