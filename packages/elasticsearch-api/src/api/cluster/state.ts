import type { Block, Engine, Index } from '@daybook/search-engine';
import type { ApiContext } from '../../api-context.ts';
import { nodeIdentity } from '../../cluster/cluster-node.ts';
import { shardRouting } from '../../cluster/shard-routing.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { blocksOf, isClosed } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { mappingJson } from '../../indices/mapping-json.ts';
import { renderIndices } from '../../indices/render-indices.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { answeredSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

/** The part of the state that clients read: nodes, where shards are, and the metadata of indices. */
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
  handle: async ({ engine, parts, parameters }, context) => {
    const indices =
      parts.index === undefined
        ? engine.indices()
        : resolveIndices(engine, parts.index, indicesOptions('none', parameters)).map(({ index }) => index);
    const wanted = new Set((parts.metric ?? '_all').split(','));
    return { body: { cluster_name: context.clusterName, ...(await stateOf(engine, context, indices, wanted)) } };
  },
});

/** The metrics of the state that are wanted, by their names or `_all`. */
export async function stateOf(
  engine: Engine,
  context: ApiContext,
  indices: readonly Index[],
  wanted: ReadonlySet<string>,
): Promise<{ readonly [name: string]: JsonTree }> {
  const { nodeId } = context;
  const wants = (metric: string): boolean => wanted.has('_all') || wanted.has(metric);
  const routings = indices.map((index) => shardRouting(context, index));
  const routed = indices.map((index, at): [string, JsonTree] => [index.name, { shards: { '0': [routings[at]] } }]);
  return {
    cluster_uuid: context.clusterUuid,
    version: wants('version') ? 1 : undefined,
    state_uuid: wants('version') ? context.ephemeralId : undefined,
    master_node: wants('master_node') ? nodeId : undefined,
    blocks: wants('blocks') ? allBlocks(context) : undefined,
    nodes: wants('nodes') ? { [nodeId]: nodeIdentity(context) } : undefined,
    metadata: wants('metadata') ? await metadataOf(engine, context, indices) : undefined,
    routing_table: wants('routing_table') ? { indices: Object.fromEntries(routed) } : undefined,
    routing_nodes: wants('routing_nodes') ? { unassigned: [], nodes: { [nodeId]: routings } } : undefined,
  };
}

/** Those of the cluster, and of every index whichever are asked for. */
function allBlocks({ engine, settings }: ApiContext): JsonTree {
  const ofIndices = engine.indices().flatMap((index): [string, JsonTree][] => {
    const blocks = blocksOf(engine, index);
    return blocks.length === 0 ? [] : [[index.name, describeBlocks(blocks)]];
  });
  const global = settings.of('user').blocks;
  return {
    global: global.length === 0 ? undefined : describeBlocks(global),
    indices: ofIndices.length === 0 ? undefined : Object.fromEntries(ofIndices),
  };
}

function describeBlocks(blocks: readonly Pick<Block, 'id' | 'description' | 'levels'>[]): JsonTree {
  return Object.fromEntries(
    blocks.map(({ id, description, levels }) => [id, { description, retryable: false, levels }]),
  );
}

async function metadataOf(
  engine: Engine,
  { clusterUuid, nodeId }: ApiContext,
  indices: readonly Index[],
): Promise<JsonTree> {
  const rendered = await renderIndices(engine, indices, (index) => ({
    state: isClosed(engine, index.name) ? 'close' : 'open',
    settings: answeredSettings(index, { flat: false, isClosed: isClosed(engine, index.name) }),
    mappings: { _doc: mappingJson(index.mappings()) as JsonTree },
    aliases: Object.keys(index.aliases()),
    primary_terms: { '0': 1 },
    in_sync_allocations: { '0': [index.uuid] },
  }));
  return {
    cluster_uuid: clusterUuid,
    cluster_coordination: {
      term: 1,
      last_committed_config: [nodeId],
      last_accepted_config: [nodeId],
      voting_config_exclusions: [],
    },
    templates: Object.fromEntries(engine.metadata(templateKinds.legacy)) as JsonTree,
    indices: rendered,
  };
}
