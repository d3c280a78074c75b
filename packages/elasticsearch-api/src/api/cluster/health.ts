import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { doubleJson } from '../../json/floating-point.ts';
import type { JsonTree } from '../../json/json.ts';

/**
 * One node that holds every index is always green: nothing is copied, nothing moves. An index that is missing makes the answer
 * red; that, and a wait for more nodes or shards than there are, times out at once, since waiting would not make them.
 */
export const clusterHealth: Endpoint = endpoint({
  routes: ['GET /_cluster/health', 'GET /_cluster/health/{index}'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    level: 'string',
    wait_for_status: 'string',
    wait_for_nodes: 'string',
    wait_for_active_shards: 'activeShards',
    wait_for_no_relocating_shards: 'ignored',
    wait_for_no_initializing_shards: 'ignored',
    wait_for_events: 'ignored',
    local: 'ignored',
    return_200_for_cluster_health_timeout: 'ignored',
  },
  handle: ({ engine, parts, parameters }, context) => {
    const status = parameters.wait_for_status;
    if (status !== undefined && !['green', 'yellow', 'red'].includes(status.toLowerCase())) {
      throw illegalArgument(
        `No enum constant org.elasticsearch.cluster.health.ClusterHealthStatus.${status.toUpperCase()}`,
      );
    }
    const options = indicesOptions('none', parameters, { ignoreUnavailable: true, expandClosed: true });
    const resolved = resolveIndices(engine, parts.index, options);
    const missing = resolved.length === 0 && parts.index !== undefined && !parts.index.includes('*');
    const waitsInVain =
      missing || !hasNodes(parameters.wait_for_nodes) || !hasShards(resolved.length, parameters.wait_for_active_shards);
    const counts = shardCounts(resolved.length);
    const indices = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      {
        status: 'green',
        number_of_shards: 1,
        number_of_replicas: 0,
        ...shardCounts(1),
        shards: parameters.level === 'shards' ? { '0': shardHealth } : undefined,
      },
    ]);
    return {
      status: waitsInVain ? 408 : 200,
      body: {
        cluster_name: context.clusterName,
        status: missing ? 'red' : 'green',
        timed_out: waitsInVain,
        number_of_nodes: 1,
        number_of_data_nodes: 1,
        ...counts,
        delayed_unassigned_shards: 0,
        number_of_pending_tasks: 0,
        number_of_in_flight_fetch: 0,
        task_max_waiting_in_queue_millis: 0,
        active_shards_percent_as_number: doubleJson(100),
        indices: ['indices', 'shards'].includes(parameters.level ?? '') ? Object.fromEntries(indices) : undefined,
      },
    };
  },
});

const shardHealth: JsonTree = {
  status: 'green',
  primary_active: true,
  active_shards: 1,
  relocating_shards: 0,
  initializing_shards: 0,
  unassigned_shards: 0,
};

/** Whether one node is enough: `2`, `>=2`, `<3`, `ge(2)`, and so on. */
function hasNodes(wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const [, sign = '', operator = sign, count = ''] = /^(?:(>=|<=|>|<)?|(ge|le|gt|lt)\()(\d+)\)?$/.exec(wanted) ?? [];
  if (count === '') throw illegalArgument(`wait_for_nodes is a number with or without a comparison, not [${wanted}]`);
  const nodes = Number(count);
  if (operator === '>=' || operator === 'ge') return nodes <= 1;
  if (operator === '<=' || operator === 'le') return nodes >= 1;
  if (operator === '>' || operator === 'gt') return nodes < 1;
  if (operator === '<' || operator === 'lt') return nodes > 1;
  return nodes === 1;
}

function hasShards(active: number, wanted: string | undefined): boolean {
  return wanted === undefined || wanted === 'all' || active >= Number(wanted);
}

function shardCounts(count: number): { readonly [name: string]: JsonTree } {
  return {
    active_primary_shards: count,
    active_shards: count,
    relocating_shards: 0,
    initializing_shards: 0,
    unassigned_shards: 0,
    unassigned_primary_shards: 0,
  };
}
