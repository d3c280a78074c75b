import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { untyped } from '../../indices/create-index.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { requireJsonBody } from '../../json/parse-json.ts';

/** Merges new fields into mappings. */
export const putMapping: Endpoint = endpoint({
  routes: [
    'PUT /{index}/_mapping',
    'POST /{index}/_mapping',
    'PUT /{index}/_mappings',
    'POST /{index}/_mappings',
    'PUT /{index}/_mapping/_doc',
    'POST /{index}/_mapping/_doc',
  ],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    include_type_name: 'boolean',
    write_index_only: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body, privileged }, context) => {
    const mappings = untyped(requireJsonBody(body));
    const skip = privileged ? {} : { skip: context.systemIndices };
    const resolved = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_write', parameters, { allowNoIndices: false, ...skip }),
    );
    for (const { index } of resolved) await engine.putMapping(index.name, mappings);
    return { body: { acknowledged: true } };
  },
});
