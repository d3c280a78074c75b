import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { shardsAnswer } from '../../indices/shards-answer.ts';

/** There are no caches of answers to clear. */
export const clearCache: Endpoint = endpoint({
  routes: ['POST /_cache/clear', 'POST /{index}/_cache/clear'],
  parameters: {
    ...indicesParameters,
    fielddata: 'boolean',
    fields: 'ignored',
    index: 'string',
    query: 'boolean',
    request: 'boolean',
  },
  refusedWhereReadOnly: true,
  handle: ({ engine, parts, parameters }) =>
    shardsAnswer(
      resolveIndices(
        engine,
        parts.index ?? parameters.index,
        indicesOptions('metadata_write', parameters, { forbidClosed: true }),
      ).length,
    ),
});
