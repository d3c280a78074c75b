import {
  autoCreateIndex,
  boolean,
  byteSize,
  float,
  integer,
  long,
  memorySize,
  nodeFilter,
  oneOf,
  rate,
  type SettingType,
  text,
  time,
  watermark,
} from './setting-type.ts';

/** A setting that can be changed while the server runs, and what holds where nobody set it. */
export interface DynamicSetting {
  readonly type: SettingType;
  readonly default: string | readonly string[];
}

function setting(type: SettingType, value: DynamicSetting['default']): DynamicSetting {
  return { type, default: value };
}

const noMasterBlock = oneOf(
  'all write metadata_write',
  (given) => `invalid no-master block [${given}], must be one of [all, write, metadata_write]`,
);
function declaration(key: string): object {
  return { key, properties: ['Dynamic', 'NodeScope'], is_group_setting: false, default: 'indices_all_active' };
}

const allowRebalance = oneOf(
  'always indices_primaries_active indices_all_active',
  // compat: the setting is told as it is declared.
  (given, name) =>
    `Illegal value for ${JSON.stringify(declaration(name), undefined, 2).replaceAll('":', '" :')}: ${given}`,
);
const priority = oneOf(
  'immediate urgent high normal low languid',
  (given) => `No enum constant org.elasticsearch.common.Priority.${given.toUpperCase()}`,
);

/** Settings that steer something here. */
const effective: readonly (readonly [string, DynamicSetting])[] = [
  ['action.auto_create_index', setting(autoCreateIndex, 'true')],
  ['action.destructive_requires_name', setting(boolean, 'false')],
  ['action.search.shard_count.limit', setting(long(1), '9223372036854775807')],
  ['cluster.blocks.read_only', setting(boolean, 'false')],
  ['cluster.blocks.read_only_allow_delete', setting(boolean, 'false')],
  ['cluster.indices.close.enable', setting(boolean, 'true')],
  ['cluster.max_shards_per_node', setting(integer(1), '1000')],
  ['indices.id_field_data.enabled', setting(boolean, 'true')],
  ['search.allow_expensive_queries', setting(boolean, 'true')],
  ['search.default_allow_partial_results', setting(boolean, 'true')],
  ['search.default_keep_alive', setting(time('0ms'), '5m')],
  ['search.max_buckets', setting(integer(0), '65535')],
  ['search.max_keep_alive', setting(time('0ms'), '24h')],
  ['search.max_open_scroll_context', setting(integer(0), '500')],
];

/** Settings of what one node has not; they are checked, kept and answered. */
const withoutEffect: readonly (readonly [string, DynamicSetting])[] = [
  ['cluster.auto_shrink_voting_configuration', setting(boolean, 'true')],
  ['cluster.info.update.interval', setting(time('10s'), '30s')],
  ['cluster.info.update.timeout', setting(time('0ms'), '15s')],
  ['cluster.max_voting_config_exclusions', setting(integer(1), '10')],
  ['cluster.no_master_block', setting(noMasterBlock, 'write')],
  [
    'cluster.persistent_tasks.allocation.enable',
    setting(
      oneOf('all none', (given, name) => `Illegal value [${given.toUpperCase()}] for [${name}]`),
      'all',
    ),
  ],
  ['cluster.persistent_tasks.allocation.recheck_interval', setting(time('10s'), '30s')],
  ['cluster.routing.allocation.allow_rebalance', setting(allowRebalance, 'indices_all_active')],
  ['cluster.routing.allocation.awareness.attributes', setting(text, [])],
  ['cluster.routing.allocation.balance.index', setting(float, '0.55')],
  ['cluster.routing.allocation.balance.shard', setting(float, '0.45')],
  ['cluster.routing.allocation.balance.threshold', setting(float, '1.0')],
  ['cluster.routing.allocation.cluster_concurrent_rebalance', setting(integer(-1), '2')],
  ['cluster.routing.allocation.disk.include_relocations', setting(boolean, 'true')],
  ['cluster.routing.allocation.disk.reroute_interval', setting(time('0ms'), '60s')],
  ['cluster.routing.allocation.disk.threshold_enabled', setting(boolean, 'true')],
  ['cluster.routing.allocation.disk.watermark.flood_stage', setting(watermark, '95%')],
  ['cluster.routing.allocation.disk.watermark.high', setting(watermark, '90%')],
  ['cluster.routing.allocation.disk.watermark.low', setting(watermark, '85%')],
  [
    'cluster.routing.allocation.enable',
    setting(
      oneOf('all primaries new_primaries none', (given) => `Illegal allocation.enable value [${given.toUpperCase()}]`),
      'all',
    ),
  ],
  ['cluster.routing.allocation.node_concurrent_incoming_recoveries', setting(integer(0), '2')],
  ['cluster.routing.allocation.node_concurrent_outgoing_recoveries', setting(integer(0), '2')],
  ['cluster.routing.allocation.node_concurrent_recoveries', setting(integer(0), '2')],
  ['cluster.routing.allocation.node_initial_primaries_recoveries', setting(integer(0), '4')],
  ['cluster.routing.allocation.same_shard.host', setting(boolean, 'false')],
  ['cluster.routing.allocation.shard_state.reroute.priority', setting(priority, 'NORMAL')],
  ['cluster.routing.allocation.total_shards_per_node', setting(integer(-1), '-1')],
  [
    'cluster.routing.rebalance.enable',
    setting(
      oneOf('all primaries replicas none', (given) => `Illegal rebalance.enable value [${given.toUpperCase()}]`),
      'all',
    ),
  ],
  ['cluster.routing.use_adaptive_replica_selection', setting(boolean, 'true')],
  ['cluster.service.slow_master_task_logging_threshold', setting(time('0ms'), '10s')],
  ['cluster.service.slow_task_logging_threshold', setting(time('0ms'), '30s')],
  ['cluster.snapshot.info.max_concurrent_fetches', setting(integer(1), '5')],
  ['discovery.zen.commit_timeout', setting(time(), '30s')],
  ['discovery.zen.minimum_master_nodes', setting(integer(Number.NEGATIVE_INFINITY), '-1')],
  ['discovery.zen.no_master_block', setting(noMasterBlock, 'write')],
  ['discovery.zen.publish_diff.enable', setting(boolean, 'true')],
  ['discovery.zen.publish_timeout', setting(time('0ms'), '30s')],
  ['gateway.slow_write_logging_threshold', setting(time('0ms'), '10s')],
  ['http.tracer.exclude', setting(text, [])],
  ['http.tracer.include', setting(text, [])],
  ['indices.breaker.accounting.limit', setting(memorySize, '100%')],
  ['indices.breaker.accounting.overhead', setting(float, '1.0')],
  ['indices.breaker.fielddata.limit', setting(memorySize, '40%')],
  ['indices.breaker.fielddata.overhead', setting(float, '1.03')],
  ['indices.breaker.request.limit', setting(memorySize, '60%')],
  ['indices.breaker.request.overhead', setting(float, '1.0')],
  ['indices.breaker.total.limit', setting(memorySize, '95%')],
  ['indices.mapping.dynamic_timeout', setting(time('0ms'), '30s')],
  ['indices.mapping.max_in_flight_updates', setting(integer(1), '10')],
  ['indices.recovery.internal_action_long_timeout', setting(time('0s'), '1800000ms')],
  ['indices.recovery.internal_action_timeout', setting(time('0ms'), '15m')],
  ['indices.recovery.max_bytes_per_sec', setting(byteSize, '40mb')],
  ['indices.recovery.max_concurrent_file_chunks', setting(integer(1), '2')],
  ['indices.recovery.max_concurrent_operations', setting(integer(1), '1')],
  ['indices.recovery.recovery_activity_timeout', setting(time('0s'), '1800000ms')],
  ['indices.recovery.retry_delay_network', setting(time('0ms'), '5s')],
  ['indices.recovery.retry_delay_state_sync', setting(time('0ms'), '500ms')],
  ['indices.replication.initial_retry_backoff_bound', setting(time('10ms'), '50ms')],
  ['indices.replication.retry_timeout', setting(time(), '60s')],
  ['monitor.fs.health.enabled', setting(boolean, 'true')],
  ['monitor.fs.health.slow_path_logging_threshold', setting(time('1ms'), '5s')],
  ['network.breaker.inflight_requests.limit', setting(memorySize, '100%')],
  ['network.breaker.inflight_requests.overhead', setting(float, '2.0')],
  ['script.max_compilations_rate', setting(rate, 'use-context')],
  ['script.max_size_in_bytes', setting(integer(0), '65535')],
  ['search.default_search_timeout', setting(time(), '-1')],
  ['search.low_level_cancellation', setting(boolean, 'true')],
  ['snapshot.max_concurrent_operations', setting(integer(1), '1000')],
  ['transport.slow_operation_logging_threshold', setting(time('0ms'), '5s')],
  [
    'transport.tracer.exclude',
    setting(text, [
      'internal:discovery/zen/fd*',
      'internal:coordination/fault_detection/*',
      'cluster:monitor/nodes/liveness',
    ]),
  ],
  ['transport.tracer.include', setting(text, [])],
];

/** Every setting with a name of its own. */
export const dynamicSettings: ReadonlyMap<string, DynamicSetting> = new Map([...effective, ...withoutEffect]);

const level = oneOf('off fatal error warn info debug trace all', (given) => `Unknown level constant [${given}].`);

/** Settings whose names end in what a user chose. */
const groups: readonly (readonly [RegExp, SettingType])[] = [
  [/^logger\.(?!level$)./, level],
  [/^cluster\.metadata\../, text],
  [/^cluster\.routing\.allocation\.awareness\.force\../, text],
  [/^cluster\.routing\.allocation\.(?:include|exclude|require)\../, nodeFilter],
];

/** The type of a setting that can be changed; undefined for any other. */
export function typeOfSetting(name: string): SettingType | undefined {
  return dynamicSettings.get(name)?.type ?? groups.find(([pattern]) => pattern.test(name))?.[1];
}

const unsupported = /^(?:cluster\.remote|script\.context)\.[^.]+\./;

/** Whether a setting would have to do what this server cannot: it is refused rather than kept without effect. */
export function isUnsupportedSetting(name: string): boolean {
  return unsupported.test(name);
}
