import type { Index } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import type { JsonTree } from '../json/json.ts';
import { httpAddress } from './cluster-node.ts';

type Members = { readonly [name: string]: JsonTree };

/** Where the one shard of an index is. */
export function shardRouting({ nodeId }: ApiContext, index: Index): Members {
  return {
    state: 'STARTED',
    primary: true,
    node: nodeId,
    relocating_node: null,
    shard: 0,
    index: index.name,
    allocation_id: { id: index.uuid },
  };
}

/** The one node by its id, as what lists shards names it. */
export function nodeById(context: ApiContext): Members {
  const { nodeId, nodeName, ephemeralId } = context;
  const node = { name: nodeName, ephemeral_id: ephemeralId, transport_address: httpAddress(context), attributes: {} };
  return { [nodeId]: node };
}
