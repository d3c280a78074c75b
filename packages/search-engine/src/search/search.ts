import type { DaybookError } from '@daybook/errors';
import type { AggregationResults, Aggregations } from '../aggregation/aggregation.ts';
import type { FetchRequest } from '../fetch/fetch.ts';
import type { Query } from '../query/query.ts';
import type { SortKey, SortValue } from '../sort/sort-key.ts';
import type { Hit } from './hit.ts';
import type { SearchLimits } from './search-limits.ts';

/** One search; every default of the wire is already filled in. */
export interface SearchRequest {
  readonly query: Query;
  /** Documents that the search may see at all, for aggregations that do not go by its query; all unless given. The query has to say so itself. */
  readonly visible?: Query;
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
  /** How long documents are looked for, put in order and counted, in milliseconds: the result is of what was found by then. -1 is no limit. */
  readonly timeoutMs?: number;
  /** Only the first hit of each value of this field is given; totals and aggregations count all. Not together with `searchAfter`. */
  readonly collapse?: string;
  /** Whether hits carry scores though they are sorted otherwise. */
  readonly trackScores: boolean;
  readonly aggregations: Aggregations;
  /** What hits show besides their documents. */
  readonly fetch?: FetchRequest;
  readonly limits?: SearchLimits;
  /** Called when the search takes so long that other work comes between: what may end it then, as `cancelled`. */
  readonly suspended?: () => AbortSignal;
}

/** What a search found. */
export interface SearchResult {
  /** Exact. */
  readonly total: number;
  /** Whether `terminateAfter` kept documents from being found. */
  readonly terminatedEarly: boolean;
  /** Whether `timeoutMs` did, or kept them from being put in order or counted. */
  readonly timedOut: boolean;
  readonly maxScore: number | null;
  readonly hits: readonly Hit[];
  readonly aggregations: AggregationResults;
  /** Of several indices, by their names: why the hits of some, which are counted and aggregated all the same, cannot be shown. */
  readonly fetchFailures: ReadonlyMap<string, DaybookError>;
}
