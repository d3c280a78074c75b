import { checkNewShards } from '../../cluster/max-shards.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed, setClosed } from '../../indices/closed-indices.ts';
import { requireNames } from '../../indices/destructive-names.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

const parameters = { ...indicesParameters, ...timeoutParameters, wait_for_active_shards: 'activeShards' } as const;

/** Makes closed indices answer again. */
export const openIndex: Endpoint = endpoint({
  routes: ['POST /{index}/_open', 'POST /_open'],
  parameters,
  handle: async ({ engine, parts, parameters: given, settings }) => {
    requireNames(parts.index, settings.destructiveRequiresName);
    const options = indicesOptions('metadata_write', given, { expandOpen: false, expandClosed: true });
    const names = resolveIndices(engine, parts.index, options).map(({ index }) => index.name);
    checkNewShards(engine, names.filter((name) => isClosed(engine, name)).length, settings.maxShards);
    await setClosed(engine, names, false);
    return { body: { acknowledged: true, shards_acknowledged: true } };
  },
});
