import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { answeredSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';

/** Aliases, mapping and settings of indices. */
export const getIndex: Endpoint = endpoint({
  routes: ['GET /{index}'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    flat_settings: 'boolean',
    include_defaults: 'ignored',
    include_type_name: 'ignored',
    local: 'ignored',
    features: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => {
    const resolved = resolveIndices(engine, parts.index, indicesOptions(parameters));
    const entries = resolved.map(({ index }): [string, JsonTree] => [
      index.name,
      {
        aliases: index.aliases() as JsonTree,
        mappings: index.mappings() as JsonTree,
        settings: answeredSettings(index, { flat: parameters.flat_settings ?? false }),
      },
    ]);
    return { body: Object.fromEntries(entries) };
  },
});
