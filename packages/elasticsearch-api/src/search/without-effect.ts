import { illegalArgument } from '../errors/errors.ts';
import type { Parameters } from '../http/parameters.ts';

/**
 * Query parameters of searches that steer a cluster; on one node they are accepted and change nothing, but for `allow_partial_search_results`, `routing` and
 * `stats` of a search.
 */
export const withoutEffect: {
  readonly allow_partial_search_results: 'boolean';
  readonly batched_reduce_size: 'integer';
  readonly ccs_minimize_roundtrips: 'boolean';
  readonly max_concurrent_shard_requests: 'integer';
  readonly min_compatible_shard_node: 'ignored';
  readonly pre_filter_shard_size: 'integer';
  readonly preference: 'string';
  readonly request_cache: 'boolean';
  readonly routing: 'string';
  readonly search_type: 'string';
  readonly stats: 'list';
  readonly force_synthetic_source: 'ignored';
} = {
  allow_partial_search_results: 'boolean',
  batched_reduce_size: 'integer',
  ccs_minimize_roundtrips: 'boolean',
  max_concurrent_shard_requests: 'integer',
  min_compatible_shard_node: 'ignored',
  pre_filter_shard_size: 'integer',
  preference: 'string',
  request_cache: 'boolean',
  routing: 'string',
  search_type: 'string',
  stats: 'list',
  force_synthetic_source: 'ignored',
};

const searchTypes: ReadonlySet<string> = new Set(['query_then_fetch', 'dfs_query_then_fetch']);

const preferences: ReadonlySet<string> = new Set(['_local', '_only_local', '_only_nodes', '_prefer_nodes', '_shards']);

/** Refuses values that no cluster takes. */
export function checkWithoutEffect(parameters: Parameters<typeof withoutEffect>): void {
  const { batched_reduce_size: batch = 2, pre_filter_shard_size: shards = 1, search_type: type } = parameters;
  if (batch < 2) throw illegalArgument('batchedReduceSize must be >= 2');
  if (shards < 1) throw illegalArgument('preFilterShardSize must be >= 1');
  const { max_concurrent_shard_requests: concurrent = 1 } = parameters;
  if (concurrent < 1) throw illegalArgument('maxConcurrentShardRequests must be >= 1');
  if (type !== undefined) checkSearchType(type);
  checkPreference(parameters.preference);
}

/** Refuses a preference that begins as those do which Elasticsearch knows by name, and is none of them. Which one it is makes no difference. */
export function checkPreference(preference: string | undefined): void {
  if (preference === undefined || !preference.startsWith('_')) return;
  const [name = ''] = preference.split(':');
  if (!preferences.has(name)) throw illegalArgument(`no Preference for [${preference}]`);
}

/** Refuses a type of search that there is not. */
export function checkSearchType(type: string): void {
  if (!searchTypes.has(type)) throw illegalArgument(`No search type for [${type}]`);
}
