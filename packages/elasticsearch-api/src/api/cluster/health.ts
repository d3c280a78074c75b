import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/**
 * One node that holds every index is always green: nothing is copied, nothing moves. Only an index that is missing makes the
 * answer red, at once, since waiting would not make it.
 */
export const clusterHealth: Endpoint = endpoint({
  routes: ['GET /_cluster/health', 'GET /_cluster/health/{index}'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    level: 'string',
    wait_for_status: 'string',
    wait_for_nodes: 'ignored',
    wait_for_active_shards: 'ignored',
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
    const options = indicesOptions(parameters, { ignoreUnavailable: true, expandClosed: true });
    const resolved = resolveIndices(engine, parts.index, options);
    const missing = resolved.length === 0 && parts.index !== undefined && !parts.index.includes('*');
    const counts = shardCounts(resolved.length);
    const indices = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      { status: 'green', number_of_shards: 1, number_of_replicas: 0, ...shardCounts(1) },
    ]);
    return {
      status: missing ? 408 : 200,
      body: {
        cluster_name: context.clusterName,
        status: missing ? 'red' : 'green',
        timed_out: missing,
        number_of_nodes: 1,
        number_of_data_nodes: 1,
        ...counts,
        delayed_unassigned_shards: 0,
        number_of_pending_tasks: 0,
        number_of_in_flight_fetch: 0,
        task_max_waiting_in_queue_millis: 0,
        active_shards_percent_as_number: 100,
        indices: ['indices', 'shards'].includes(parameters.level ?? '') ? Object.fromEntries(indices) : undefined,
      },
    };
  },
});

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
