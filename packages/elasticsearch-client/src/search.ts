/** The members of a search request that Daybook uses; queries in the Elasticsearch DSL. */
export interface SearchRequest {
  readonly query?: unknown;
  readonly sort?: readonly unknown[];
  readonly from?: number;
  readonly size?: number;
  readonly search_after?: readonly unknown[];
  readonly _source?: boolean | readonly string[] | { readonly excludes: readonly string[] };
  readonly track_total_hits?: boolean;
  readonly aggs?: unknown;
}

/** A count request. */
export interface CountRequest {
  readonly query?: unknown;
}

/** One hit of a search. */
export interface SearchHit<T> {
  readonly id: string;
  readonly source: T | undefined;
  readonly sort: readonly unknown[] | undefined;
}

/** What a search found. */
export interface SearchAnswer<T> {
  readonly total: number;
  readonly hits: readonly SearchHit<T>[];
  readonly aggregations: Readonly<Record<string, unknown>> | undefined;
}
