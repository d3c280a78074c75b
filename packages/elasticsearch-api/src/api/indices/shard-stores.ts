import { nodeById } from '../../cluster/shard-routing.ts';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

const statuses: ReadonlySet<string> = new Set(['green', 'yellow', 'red', 'all']);

/** Where copies of shards are. Unless it is asked for, those that are whole are left out, and all are. */
export const shardStores: Endpoint = endpoint({
  routes: ['GET /_shard_stores', 'GET /{index}/_shard_stores'],
  parameters: { ...indicesParameters, status: 'list' },
  handle: ({ engine, parts, parameters }, context) => {
    const { status = ['yellow', 'red'] } = parameters;
    const unknown = status.find((name) => !statuses.has(name.toLowerCase()));
    if (unknown !== undefined) throw illegalArgument(`unknown cluster health status [${unknown}]`);
    const indices = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters));
    const isAsked = status.some((name) => ['green', 'all'].includes(name.toLowerCase()));
    const entries = indices.map(({ index }): [string, JsonTree] => {
      const store = { ...nodeById(context), allocation_id: index.uuid, allocation: 'primary' };
      return [index.name, { shards: { '0': { stores: [store] } } }];
    });
    return { body: { indices: isAsked ? Object.fromEntries(entries) : {} } };
  },
});
