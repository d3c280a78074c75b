/** Query parameters of searches that steer a cluster; on one node they are accepted and change nothing. */
export const withoutEffect: {
  readonly allow_partial_search_results: 'ignored';
  readonly batched_reduce_size: 'ignored';
  readonly ccs_minimize_roundtrips: 'ignored';
  readonly max_concurrent_shard_requests: 'ignored';
  readonly min_compatible_shard_node: 'ignored';
  readonly pre_filter_shard_size: 'ignored';
  readonly preference: 'ignored';
  readonly request_cache: 'ignored';
  readonly routing: 'ignored';
  readonly search_type: 'ignored';
  readonly terminate_after: 'ignored';
  readonly timeout: 'ignored';
  readonly explain: 'ignored';
  readonly stats: 'ignored';
  readonly force_synthetic_source: 'ignored';
} = {
  allow_partial_search_results: 'ignored',
  batched_reduce_size: 'ignored',
  ccs_minimize_roundtrips: 'ignored',
  max_concurrent_shard_requests: 'ignored',
  min_compatible_shard_node: 'ignored',
  pre_filter_shard_size: 'ignored',
  preference: 'ignored',
  request_cache: 'ignored',
  routing: 'ignored',
  search_type: 'ignored',
  terminate_after: 'ignored',
  timeout: 'ignored',
  explain: 'ignored',
  stats: 'ignored',
  force_synthetic_source: 'ignored',
};
