import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { shardsAnswer } from '../../indices/shards-answer.ts';

/** Writes a checkpoint of the whole engine. */
export const flush: Endpoint = endpoint({
  routes: [
    'GET /_flush',
    'POST /_flush',
    'GET /{index}/_flush',
    'POST /{index}/_flush',
    'POST /_flush/synced',
    'POST /{index}/_flush/synced',
  ],
  parameters: { ...indicesParameters, force: 'boolean', wait_if_ongoing: 'boolean' },
  handle: async ({ engine, parts, parameters }) => {
    const { length } = resolveIndices(engine, parts.index, indicesOptions(parameters));
    await engine.flush();
    return shardsAnswer(length);
  },
});
