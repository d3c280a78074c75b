import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { shardsAnswer } from '../../indices/shards-answer.ts';

/** Writes are visible at once, so there is nothing to do but to count it. */
export const refresh: Endpoint = endpoint({
  routes: ['GET /_refresh', 'POST /_refresh', 'GET /{index}/_refresh', 'POST /{index}/_refresh'],
  parameters: { ...indicesParameters, force: 'ignored' },
  handle: ({ engine, parts, parameters }) => {
    const indices = resolveIndices(engine, parts.index, indicesOptions('none', parameters, { forbidClosed: true }));
    for (const { index } of indices) index.counters.refreshes += 1;
    return shardsAnswer(indices.length);
  },
});
