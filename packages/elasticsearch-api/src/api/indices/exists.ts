import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';

/** 200 when every named index or alias exists. */
export const indexExists: Endpoint = endpoint({
  routes: ['HEAD /{index}'],
  parameters: {
    ...indicesParameters,
    flat_settings: 'ignored',
    include_defaults: 'ignored',
    include_type_name: 'boolean',
    local: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => {
    const options = indicesOptions('metadata_read', parameters, {
      ignoreUnavailable: parameters.ignore_unavailable ?? false,
    });
    const resolved = resolveIndices(engine, parts.index, options);
    const found = resolved.length > 0 || parameters.allow_no_indices !== false;
    return { status: found ? 200 : 404, body: {} };
  },
});
