import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** The mapping as it is, dynamic fields included. */
export const getMapping: Endpoint = endpoint({
  routes: [
    'GET /_mapping',
    'GET /_mappings',
    'GET /{index}/_mapping',
    'GET /{index}/_mappings',
    'GET /{index}/_mapping/_doc',
  ],
  parameters: { ...indicesParameters, ...timeoutParameters, include_type_name: 'boolean', local: 'ignored' },
  handle: ({ engine, parts, parameters }) => {
    const resolved = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters));
    const entries = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      { mappings: index.mappings() as JsonTree },
    ]);
    return { body: Object.fromEntries(entries) };
  },
});
