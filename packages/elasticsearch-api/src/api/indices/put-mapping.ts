import type { Engine, Index } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { atItsOnlyType, innerMapping, mappingType } from '../../indices/mapping-type.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { writableIndex } from '../../indices/single-index.ts';
import type { JsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';

const paths = ['/{index}/_mapping', '/{index}/_mappings'];
const typedPaths = [
  '/{index}/_mapping/{type}',
  '/{index}/_mappings/{type}',
  '/{index}/{type}/_mapping',
  '/{index}/{type}/_mappings',
];

/** Merges new fields into mappings. */
export const putMapping: Endpoint = endpoint({
  routes: [...paths, ...typedPaths].flatMap((path) => [`PUT ${path}`, `POST ${path}`]),
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    include_type_name: 'boolean',
    write_index_only: 'boolean',
  },
  handle: async ({ engine, parts, parameters, body, privileged }, context) => {
    const { type } = parts;
    const mappings = mappingOfType(requireJsonBody(body), type, parameters.include_type_name ?? false);
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions('metadata_write', parameters, {
      allowNoIndices: false,
      expandClosed: true,
      ...skip,
    });
    const resolved = resolveIndices(engine, parts.index, options).map(({ index }) => index);
    const targets = parameters.write_index_only === true ? writeIndices(engine, parts.index ?? '') : resolved;
    for (const index of targets) {
      if (type !== undefined && type !== mappingType) throw secondType(index.name, type);
      await engine.putMapping(index.name, mappings);
    }
    return { body: { acknowledged: true } };
  },
});

/** The index of each name, or that which is written by an alias. */
function writeIndices(engine: Engine, expression: string): readonly Index[] {
  return expression.split(',').map((name) => {
    const index = writableIndex(engine, name, false);
    if (index !== undefined) return index;
    throw illegalArgument(`The index expression [${name}] and options provided did not point to a single write-index`);
  });
}

/** Where the type's name would else be that of an API of documents. */
export const putMappingOfType: Endpoint = atItsOnlyType(putMapping, ['PUT', 'POST'], ['_mapping', '_mappings']);

/** The mapping that a body gives; with the name of a type in the path it may stand under that name. */
function mappingOfType(body: JsonObject, type: string | undefined, includeTypeName: boolean): JsonObject {
  const inner = innerMapping(body);
  if (includeTypeName) {
    if (type === undefined) throw validationFailed('mapping type is missing');
    return inner ?? body;
  }
  if (type === undefined && inner === undefined) return body;
  throw illegalArgument(
    'Types cannot be provided in put mapping requests, unless the include_type_name parameter is set to true.',
  );
}

function secondType(index: string, type: string): Error {
  return illegalArgument(
    `Rejecting mapping update to [${index}] as the final mapping would have more than 1 type: [${mappingType}, ${type}]`,
  );
}
