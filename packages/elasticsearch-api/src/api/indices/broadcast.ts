import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** What an API that goes to every shard answers. */
function shardsAnswer(count: number): JsonTree {
  return { _shards: { total: count, successful: count, failed: 0 } };
}

/** Writes are visible at once, so there is nothing to do. */
export const refresh: Endpoint = endpoint({
  routes: ['GET /_refresh', 'POST /_refresh', 'GET /{index}/_refresh', 'POST /{index}/_refresh'],
  parameters: { ...indicesParameters, force: 'ignored' },
  handle: ({ engine, parts, parameters }) => ({
    body: shardsAnswer(resolveIndices(engine, parts.index, indicesOptions(parameters)).length),
  }),
});

export const flush: Endpoint = endpoint({
  routes: [
    'GET /_flush',
    'POST /_flush',
    'GET /{index}/_flush',
    'POST /{index}/_flush',
    'POST /_flush/synced',
    'POST /{index}/_flush/synced',
  ],
  parameters: { ...indicesParameters, force: 'ignored', wait_if_ongoing: 'ignored' },
  handle: async ({ engine, parts, parameters }) => {
    const { length } = resolveIndices(engine, parts.index, indicesOptions(parameters));
    await engine.flush();
    return { body: shardsAnswer(length) };
  },
});

/** The engine updates in place and has no segments to merge; what it compacts, it compacts by itself. */
export const forcemerge: Endpoint = endpoint({
  routes: ['POST /_forcemerge', 'POST /{index}/_forcemerge'],
  parameters: {
    ...indicesParameters,
    max_num_segments: 'ignored',
    only_expunge_deletes: 'ignored',
    flush: 'ignored',
    wait_for_completion: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => ({
    body: shardsAnswer(resolveIndices(engine, parts.index, indicesOptions(parameters)).length),
  }),
});

/** There are no caches of answers to clear. */
export const clearCache: Endpoint = endpoint({
  routes: ['POST /_cache/clear', 'POST /{index}/_cache/clear'],
  parameters: {
    ...indicesParameters,
    fielddata: 'ignored',
    fields: 'ignored',
    query: 'ignored',
    request: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => ({
    body: shardsAnswer(resolveIndices(engine, parts.index, indicesOptions(parameters)).length),
  }),
});
