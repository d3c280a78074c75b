import { DaybookError } from '@daybook/errors';
import type { ApiContext } from '../../api-context.ts';
import { httpAddress } from '../../cluster/cluster-node.ts';
import { illegalArgument, indexNotFound, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonTree } from '../../json/json.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { readContent } from '../../search/read-content.ts';

/** Why a shard is where it is. Every shard is a primary that has started, so there is none to explain unless one is named. */
export const allocationExplain: Endpoint = endpoint({
  routes: ['GET /_cluster/allocation/explain', 'POST /_cluster/allocation/explain'],
  parameters: { include_yes_decisions: 'boolean', include_disk_info: 'boolean' },
  handle: ({ engine, body, parameters }, context) => {
    const { include_yes_decisions: withDecisions = false, include_disk_info: withDisk = false } = parameters;
    const json = parseJsonBody(body) ?? {};
    if (Object.keys(json).length === 0) {
      throw illegalArgument(
        'unable to find any unassigned shards to explain [ClusterAllocationExplainRequest[useAnyUnassignedShard=true,' +
          `includeYesDecisions?=${withDecisions}]`,
      );
    }
    const kinds = { index: 'text', shard: 'integer', primary: 'boolean', current_node: 'text' } as const;
    const { index: name, shard, primary, current_node: node } = readContent('cluster/allocation/explain', json, kinds);
    const complaints = [
      name === undefined && 'index must be specified',
      shard === undefined && 'shard must be specified',
      primary === undefined && 'primary must be specified',
    ].filter((complaint) => complaint !== false);
    if (name === undefined || complaints.length > 0) throw validationFailed(...complaints);
    const index = engine.index(name);
    if (index === undefined) throw indexMissing(name);
    if (shard !== 0) throw shardMissing(shard, index);
    if (!primary) {
      throw illegalArgument(
        `unable to find any shards to explain [ClusterAllocationExplainRequest[index=${name},shard=${shard},` +
          `primary?=false,includeYesDecisions?=${withDecisions}] in the routing table`,
      );
    }
    if (node !== undefined && node !== context.nodeName && node !== context.nodeId) {
      throw illegalArgument(`failed to resolve [${node}], no matching nodes`);
    }
    return { body: explanation(name, context, { withDecisions, withDisk }) };
  },
});

function explanation(
  index: string,
  context: ApiContext,
  { withDecisions, withDisk }: { readonly withDecisions: boolean; readonly withDisk: boolean },
): JsonTree {
  return {
    index,
    shard: 0,
    primary: true,
    current_state: 'started',
    current_node: {
      id: context.nodeId,
      name: context.nodeName,
      transport_address: httpAddress(context),
      weight_ranking: 1,
    },
    cluster_info: withDisk ? { nodes: {}, shard_sizes: {}, shard_paths: {}, reserved_sizes: [] } : undefined,
    can_remain_on_current_node: 'yes',
    can_rebalance_cluster: 'yes',
    can_rebalance_cluster_decisions: withDecisions ? decisions : undefined,
    can_rebalance_to_other_node: 'no',
    rebalance_explanation:
      'cannot rebalance as no target node exists that can both allocate this shard and improve the cluster balance',
  };
}

const decisions = [
  {
    decider: 'rebalance_only_when_active',
    explanation: 'rebalancing is allowed as all replicas are active in the cluster',
  },
  { decider: 'cluster_rebalance', explanation: 'all shards are active' },
  { decider: 'snapshot_in_progress', explanation: 'no snapshots are currently running' },
].map(({ decider, explanation: why }) => ({ decider, decision: 'YES', explanation: why }));

function indexMissing(name: string): DaybookError {
  const { code, message } = indexNotFound(name);
  return new DaybookError(code, message, {
    detail: { reason: 'index_not_found_exception', properties: { index_uuid: '_na_', index: name } },
  });
}

function shardMissing(shard: unknown, { name, uuid }: { readonly name: string; readonly uuid: string }): DaybookError {
  return new DaybookError('not-found', 'no such shard', {
    detail: {
      reason: 'shard_not_found_exception',
      properties: { index_uuid: uuid, shard: String(shard), index: name },
    },
  });
}
