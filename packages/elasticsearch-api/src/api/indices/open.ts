import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { setClosed } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

const parameters = { ...indicesParameters, ...timeoutParameters, wait_for_active_shards: 'activeShards' } as const;

/** Makes closed indices answer again. */
export const openIndex: Endpoint = endpoint({
  routes: ['POST /{index}/_open', 'POST /_open'],
  parameters,
  handle: async ({ engine, parts, parameters: given }) => {
    const options = indicesOptions(given, { expandClosed: true });
    for (const { index } of resolveIndices(engine, parts.index, options)) await setClosed(engine, index.name, false);
    return { body: { acknowledged: true, shards_acknowledged: true } };
  },
});
