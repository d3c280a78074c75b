import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { mappingJson } from '../../indices/mapping-json.ts';
import { areAllTypes, atItsOnlyType, missingTypes, typeMissing, underType } from '../../indices/mapping-type.ts';
import { renderIndices } from '../../indices/render-indices.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** The mapping as it is, dynamic fields included. */
export const getMapping: Endpoint = endpoint({
  routes: [
    'GET /_mapping',
    'GET /_mappings',
    'GET /{index}/_mapping',
    'GET /{index}/_mappings',
    'GET /_mapping/{type}',
    'GET /{index}/_mapping/{type}',
    'GET /{index}/_mappings/{type}',
    'GET /{index}/{type}/_mapping',
  ],
  parameters: { ...indicesParameters, ...timeoutParameters, include_type_name: 'boolean', local: 'ignored' },
  handle: async ({ engine, parts, parameters }) => {
    const { include_type_name: includeTypeName = false } = parameters;
    const types = parts.type?.split(',') ?? ['_all'];
    const namesTypes = !areAllTypes(types);
    if (namesTypes && !includeTypeName) {
      throw illegalArgument(
        'Types cannot be provided in get mapping requests, unless include_type_name is set to true.',
      );
    }
    const missing = missingTypes(types);
    const indices = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters))
      .map(({ index }) => index)
      .filter((index) => !namesTypes || Object.keys(index.mappings()).length > 0);
    if (namesTypes && (missing.length === types.length || indices.length === 0)) throw typeMissing(types);
    const rendered = await renderIndices(engine, indices, (index) => ({
      mappings: underType(mappingJson(index.mappings()), includeTypeName) as JsonTree,
    }));
    if (missing.length === 0) return { body: rendered };
    const error = missing.length === 1 ? `type [${missing[0]}] missing` : `types [${missing.join(',')}] missing`;
    return { status: 404, body: { error, status: 404, ...rendered } };
  },
});

/** Where the type's name would else be that of an API of documents. */
export const getMappingOfType: Endpoint = atItsOnlyType(getMapping, ['GET'], ['_mapping']);
