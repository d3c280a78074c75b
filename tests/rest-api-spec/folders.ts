/** The folders of Elasticsearch's suite that are about what a jobs database has. */
const folders: readonly string[] = [
  ...['index', 'create', 'get', 'get_source', 'exists', 'mget', 'update', 'delete', 'bulk'],
  ...[
    'search',
    'search.highlight',
    'search.aggregation',
    'count',
    'explain',
    'scroll',
    'msearch',
    'range',
    'field_caps',
  ],
  ...[
    'indices.create',
    'indices.delete',
    'indices.exists',
    'indices.get',
    'indices.open',
    'indices.clone',
    'indices.rollover',
  ],
  ...['indices.get_mapping', 'indices.get_field_mapping', 'indices.put_mapping'],
  ...['indices.get_settings', 'indices.put_settings', 'indices.refresh', 'indices.stats'],
  ...['indices.clear_cache', 'indices.resolve_index', 'indices.validate_query'],
  ...[
    'indices.get_alias',
    'indices.put_alias',
    'indices.exists_alias',
    'indices.delete_alias',
    'indices.update_aliases',
  ],
  ...['indices.get_template', 'indices.put_template', 'indices.exists_template'],
  ...['indices.get_index_template', 'indices.put_index_template', 'indices.simulate_index_template'],
  ...['cluster.component_template', 'cluster.health', 'info', 'ping'],
  ...['cat.aliases', 'cat.count', 'cat.health', 'cat.indices', 'cat.templates'],
  ...['cat.allocation', 'cat.fielddata', 'cat.nodeattrs', 'cat.nodes', 'cat.plugins', 'cat.recovery'],
  ...['cat.repositories', 'cat.segments', 'cat.shards', 'cat.snapshots', 'cat.tasks', 'cat.thread_pool'],
  ...['cluster.allocation_explain', 'cluster.pending_tasks', 'cluster.put_settings', 'cluster.remote_info'],
  ...['cluster.reroute', 'cluster.state', 'cluster.stats', 'cluster.voting_config_exclusions'],
  ...['indices.flush', 'indices.forcemerge', 'indices.recovery', 'indices.segments', 'indices.shard_stores'],
  ...['indices.upgrade', 'nodes.info', 'nodes.reload_secure_settings', 'nodes.stats'],
  ...['search_shards', 'tasks.cancel', 'tasks.get', 'tasks.list', 'termvectors', 'mtermvectors'],
];

/** The suites, and what is run of each. Elasticsearch's open-source 7.10 has no point in time, so OpenSearch's tests of it are run. */
export const suites: readonly { readonly artifact: string; readonly folders: readonly string[] }[] = [
  { artifact: 'org.elasticsearch:rest-api-spec:7.10.2', folders },
  { artifact: 'org.opensearch:rest-api-spec:2.19.0', folders: ['pit'] },
];
