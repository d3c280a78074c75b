import { nodeById, shardRouting } from '../cluster/shard-routing.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { type ResolvedIndex, resolveIndices } from '../indices/resolve-indices.ts';
import type { JsonTree } from '../json/json.ts';

/** The shards that a search would ask, and the filters of the aliases by which it would. */
export const searchShards: Endpoint = endpoint({
  routes: [
    'GET /_search_shards',
    'POST /_search_shards',
    'GET /{index}/_search_shards',
    'POST /{index}/_search_shards',
  ],
  parameters: { ...indicesParameters, local: 'ignored', preference: 'ignored', routing: 'ignored' },
  handle: ({ engine, parts, parameters }, context) => {
    // compat: an index that there is not has no shards.
    const options = indicesOptions('metadata_read', parameters, { ignoreUnavailable: true });
    const resolved = resolveIndices(engine, parts.index, options);
    return {
      body: {
        nodes: resolved.length === 0 ? {} : nodeById(context),
        indices: Object.fromEntries(resolved.map((entry) => [entry.index.name, filtersOf(entry)])),
        shards: resolved.map(({ index }) => [shardRouting(context, index)]),
      },
    };
  },
});

function filtersOf({ index, viaAliases }: ResolvedIndex): JsonTree {
  const aliases = index.aliases();
  const filters = viaAliases.map((alias) => aliases[alias]?.filter as JsonTree);
  if (viaAliases.length === 0) return {};
  if (filters.includes(undefined)) return { aliases: viaAliases };
  return { aliases: viaAliases, filter: filters.length === 1 ? filters[0] : { bool: { should: filters } } };
}
