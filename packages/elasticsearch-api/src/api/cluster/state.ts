import { nodeIdentity } from '../../cluster/cluster-node.ts';
import { shardRouting } from '../../cluster/shard-routing.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { answeredSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

/** The part of the state that clients read: nodes, and the metadata of indices. */
export const clusterState: Endpoint = endpoint({
  routes: ['GET /_cluster/state', 'GET /_cluster/state/{metric}', 'GET /_cluster/state/{metric}/{index}'],
  parameters: {
    ...indicesParameters,
    master_timeout: 'time',
    flat_settings: 'ignored',
    local: 'ignored',
    wait_for_metadata_version: 'ignored',
    wait_for_timeout: 'ignored',
  },
  handle: ({ engine, parts, parameters }, context) => {
    const wanted = new Set((parts.metric ?? '_all').split(','));
    const wants = (metric: string): boolean => wanted.has('_all') || wanted.has(metric);
    const resolved = resolveIndices(engine, parts.index, indicesOptions(parameters, { expandClosed: true }));
    const indices = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      {
        state: isClosed(engine, index.name) ? 'close' : 'open',
        settings: answeredSettings(index, { flat: false }),
        mappings: { _doc: index.mappings() as JsonTree },
        aliases: Object.keys(index.aliases()),
        primary_terms: { '0': 1 },
        in_sync_allocations: { '0': [index.uuid] },
      },
    ]);
    const routed = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      { shards: { '0': [shardRouting(context, index)] } },
    ]);
    const metadata = {
      cluster_uuid: context.clusterUuid,
      templates: Object.fromEntries(engine.metadata(templateKinds.legacy)) as JsonTree,
      indices: Object.fromEntries(indices),
    };
    return {
      body: {
        cluster_name: context.clusterName,
        cluster_uuid: context.clusterUuid,
        version: wants('version') ? 1 : undefined,
        master_node: wants('master_node') ? context.nodeId : undefined,
        nodes: wants('nodes') ? { [context.nodeId]: nodeIdentity(context) } : undefined,
        blocks: wants('blocks') ? {} : undefined,
        metadata: wants('metadata') ? metadata : undefined,
        routing_table: wants('routing_table') ? { indices: Object.fromEntries(routed) } : undefined,
        routing_nodes: wants('routing_nodes')
          ? { unassigned: [], nodes: { [context.nodeId]: resolved.map(({ index }) => shardRouting(context, index)) } }
          : undefined,
      },
    };
  },
});
