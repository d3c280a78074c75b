import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { defaultSettings } from '../../indices/default-settings.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { mappingJson } from '../../indices/mapping-json.ts';
import { underType } from '../../indices/mapping-type.ts';
import { renderIndices } from '../../indices/render-indices.ts';
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
    include_defaults: 'boolean',
    human: 'boolean',
    include_type_name: 'boolean',
    local: 'ignored',
    features: 'ignored',
  },
  handle: async ({ engine, parts, parameters }) => {
    const { flat_settings: flat = false, human = false, include_type_name: includeTypeName } = parameters;
    const resolved = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters));
    const indices = resolved.map(({ index }) => index);
    const body = await renderIndices(engine, indices, (index) => ({
      aliases: index.aliases() as JsonTree,
      mappings: underType(mappingJson(index.mappings()), includeTypeName) as JsonTree,
      settings: answeredSettings(index, { flat, human, isClosed: isClosed(engine, index.name) }),
      defaults: parameters.include_defaults ? defaultSettings(index, { flat }) : undefined,
    }));
    return { body };
  },
});
