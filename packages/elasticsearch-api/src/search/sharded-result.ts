import type { Index, SearchResult } from '@daybook/search-engine';

/** A search's result, and the indices that could not take part in it. */
export interface ShardedResult {
  readonly result: SearchResult;
  readonly totalShards: number;
  readonly failures: readonly ShardFailure[];
  /** Those that did. */
  readonly searched: readonly Index[];
  /** How long it took to find the hits, and to read them. */
  readonly queryMs: number;
  readonly fetchMs: number;
}

/** Why an index could not take part; `shard` -1 and no index where nobody knows whose it was. */
export interface ShardFailure {
  readonly shard: number;
  readonly index: string | null;
  readonly node?: string;
  readonly reason: { readonly [name: string]: unknown };
}
