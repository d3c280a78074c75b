/** Names of settings that are read at the start of a node, by what stands before their first dot. */
const fixedNames: Readonly<Record<string, string>> = {
  bootstrap: 'ctrlhandler memory_lock system_call_filter',
  cache:
    'recycler.page.limit.heap recycler.page.type recycler.page.weight.bytes recycler.page.weight.ints ' +
    'recycler.page.weight.longs recycler.page.weight.objects',
  client:
    'transport.ignore_cluster_name transport.nodes_sampler_interval transport.ping_timeout transport.sniff ' + 'type',
  cluster:
    'election.back_off_time election.duration election.initial_timeout election.max_timeout election.strategy ' +
    'fault_detection.follower_check.interval fault_detection.follower_check.retry_count ' +
    'fault_detection.follower_check.timeout fault_detection.leader_check.interval ' +
    'fault_detection.leader_check.retry_count fault_detection.leader_check.timeout follower_lag.timeout ' +
    'indices.tombstones.size initial_master_nodes join.timeout name nodes.reconnect_interval ' +
    'publish.info_timeout publish.timeout remote.connect remote.connections_per_cluster ' +
    'remote.initial_connect_timeout remote.node.attr ' +
    'routing.allocation.disk.watermark.enable_for_single_data_node routing.allocation.type',
  discovery:
    'cluster_formation_warning_timeout find_peers_interval initial_state_timeout probe.connect_timeout ' +
    'probe.handshake_timeout request_peers_timeout seed_hosts seed_providers ' +
    'seed_resolver.max_concurrent_resolvers seed_resolver.timeout type unconfigured_bootstrap_timeout ' +
    'zen.bwc_ping_timeout zen.fd.connect_on_network_disconnect zen.fd.ping_interval zen.fd.ping_retries ' +
    'zen.fd.ping_timeout zen.fd.register_connection_listener zen.hosts_provider zen.join_retry_attempts ' +
    'zen.join_retry_delay zen.join_timeout zen.master_election.ignore_non_master_pings ' +
    'zen.master_election.wait_for_joins_timeout zen.max_pings_from_another_master ' +
    'zen.ping.unicast.concurrent_connects zen.ping.unicast.hosts zen.ping.unicast.hosts.resolve_timeout ' +
    'zen.ping_timeout zen.publish.max_pending_cluster_states zen.send_leave_request ' +
    'zen.unsafe_rolling_upgrades_enabled',
  gateway:
    'auto_import_dangling_indices expected_data_nodes expected_master_nodes expected_nodes ' +
    'recover_after_data_nodes recover_after_master_nodes recover_after_nodes recover_after_time ' +
    'write_dangling_indices_info',
  http:
    'bind_host compression compression_level content_type.required cors.allow-credentials cors.allow-headers ' +
    'cors.allow-methods cors.allow-origin cors.enabled cors.max-age detailed_errors.enabled host ' +
    'max_chunk_size max_content_length max_header_size max_initial_line_length max_warning_header_count ' +
    'max_warning_header_size netty.max_composite_buffer_components netty.receive_predictor_size ' +
    'netty.worker_count pipelining.max_events port publish_host publish_port read_timeout reset_cookies ' +
    'tcp.keep_alive tcp.keep_count tcp.keep_idle tcp.keep_interval tcp.no_delay tcp.receive_buffer_size ' +
    'tcp.reuse_address tcp.send_buffer_size tcp_no_delay type type.default',
  index: 'codec recovery.type store.fs.fs_lock store.preload store.type',
  indexing_pressure: 'memory.limit',
  indices:
    'analysis.hunspell.dictionary.ignore_case analysis.hunspell.dictionary.lazy breaker.fielddata.type ' +
    'breaker.request.type breaker.total.use_real_memory breaker.type cache.cleanup_interval ' +
    'fielddata.cache.size memory.index_buffer_size memory.interval memory.max_index_buffer_size ' +
    'memory.min_index_buffer_size memory.shard_inactive_time queries.cache.all_segments queries.cache.count ' +
    'queries.cache.size query.bool.max_clause_count query.query_string.allowLeadingWildcard ' +
    'query.query_string.analyze_wildcard requests.cache.expire requests.cache.size store.delete.shard.timeout',
  ingest: 'grok.watchdog.interval grok.watchdog.max_execution_time',
  logger: 'level',
  monitor:
    'fs.health.refresh_interval fs.refresh_interval jvm.gc.enabled jvm.gc.overhead.debug jvm.gc.overhead.info ' +
    'jvm.gc.overhead.warn jvm.gc.refresh_interval jvm.refresh_interval os.refresh_interval ' +
    'process.refresh_interval',
  network:
    'bind_host host publish_host server tcp.connect_timeout tcp.keep_alive tcp.keep_count tcp.keep_idle ' +
    'tcp.keep_interval tcp.no_delay tcp.receive_buffer_size tcp.reuse_address tcp.send_buffer_size',
  node:
    'data enable_lucene_segment_infos_trace id.seed ingest local_storage master max_local_storage_nodes name ' +
    'pidfile portsfile processors remote_cluster_client roles store.allow_mmap',
  path: 'data home logs repo shared_data',
  plugin: 'mandatory',
  reindex: 'remote.whitelist',
  repositories: 'fs.chunk_size fs.compress fs.location',
  resource: 'reload.enabled reload.interval.high reload.interval.low reload.interval.medium',
  rest: 'action.multi.allow_explicit_index',
  script:
    'allowed_contexts allowed_types cache.expire cache.max_size disable_max_compilations_rate ' +
    'painless.regex.enabled painless.regex.limit-factor',
  search:
    'highlight.term_vector_multi_value keep_alive_interval remote.connect remote.connections_per_cluster ' +
    'remote.initial_connect_timeout remote.node.attr',
  security: 'manager.filter_bad_defaults',
  thread_pool:
    'analyze.queue_size analyze.size estimated_time_interval fetch_shard_started.core ' +
    'fetch_shard_started.keep_alive fetch_shard_started.max fetch_shard_store.core ' +
    'fetch_shard_store.keep_alive fetch_shard_store.max flush.core flush.keep_alive flush.max ' +
    'force_merge.queue_size force_merge.size generic.core generic.keep_alive generic.max get.queue_size ' +
    'get.size listener.queue_size listener.size management.core management.keep_alive management.max ' +
    'refresh.core refresh.keep_alive refresh.max search.auto_queue_frame_size search.max_queue_size ' +
    'search.min_queue_size search.queue_size search.size search.target_response_time ' +
    'search_throttled.auto_queue_frame_size search_throttled.max_queue_size search_throttled.min_queue_size ' +
    'search_throttled.queue_size search_throttled.size search_throttled.target_response_time snapshot.core ' +
    'snapshot.keep_alive snapshot.max system_read.queue_size system_read.size system_write.queue_size ' +
    'system_write.size warmer.core warmer.keep_alive warmer.max write.queue_size write.size',
  transport:
    'bind_host compress connect_timeout connections_per_node.bulk connections_per_node.ping ' +
    'connections_per_node.recovery connections_per_node.reg connections_per_node.state host netty.boss_count ' +
    'netty.receive_predictor_max netty.receive_predictor_min netty.receive_predictor_size netty.worker_count ' +
    'ping_schedule port publish_host publish_port tcp.compress tcp.connect_timeout tcp.keep_alive ' +
    'tcp.keep_count tcp.keep_idle tcp.keep_interval tcp.no_delay tcp.port tcp.receive_buffer_size ' +
    'tcp.reuse_address tcp.send_buffer_size tcp_no_delay type type.default',
};

const withoutDot = ['pidfile', 'processors'];

/** The settings that Elasticsearch has and that cannot be changed while it runs. */
export const fixedSettings: ReadonlySet<string> = new Set([
  ...withoutDot,
  ...Object.entries(fixedNames).flatMap(([first, names]) => names.split(' ').map((name) => `${first}.${name}`)),
]);
