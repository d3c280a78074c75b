import { indicesParameters } from '../indices/indices-options.ts';
import { searchParameters } from '../search/search-parameters.ts';
import { withoutEffect } from '../search/without-effect.ts';

/** Query parameters of the APIs that do something to what a query finds. `size` is an older name of `max_docs`. */
export const byQueryParameters: {
  readonly conflicts: 'string';
  readonly max_docs: 'integer';
  readonly scroll_size: 'integer';
  readonly slices: 'string';
  readonly wait_for_completion: 'boolean';
  readonly refresh: 'boolean';
  readonly pipeline: 'string';
  readonly requests_per_second: 'requestsPerSecond';
  readonly scroll: 'time';
  readonly search_timeout: 'time';
  readonly wait_for_active_shards: 'activeShards';
} & typeof searchParameters &
  typeof indicesParameters &
  typeof withoutEffect = {
  ...searchParameters,
  ...indicesParameters,
  ...withoutEffect,
  conflicts: 'string',
  max_docs: 'integer',
  scroll_size: 'integer',
  slices: 'string',
  wait_for_completion: 'boolean',
  refresh: 'boolean',
  pipeline: 'string',
  requests_per_second: 'requestsPerSecond',
  scroll: 'time',
  search_timeout: 'time',
  wait_for_active_shards: 'activeShards',
};
