/** What a search may ask for. */
export interface SearchLimits {
  /** Buckets of the whole answer, 65,535 unless given. Above the engine's own bound it is `limit-exceeded` as a `circuit_breaking_exception`. */
  readonly maxBuckets?: number;
  /** False refuses queries that walk dictionaries: patterns, misspellings, and ranges of terms. */
  readonly allowExpensiveQueries?: boolean;
  /** False refuses sorts and aggregations by `_id`. */
  readonly allowIdFieldData?: boolean;
}
