import { isBlocked, TimeSlice } from '@daybook/search-engine';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { mappedFields } from '../../indices/mapped-fields.ts';
import { withMappingDefaults } from '../../indices/mapping-defaults.ts';
import { mappingJson } from '../../indices/mapping-json.ts';
import { areAllTypes, missingTypes, underType } from '../../indices/mapping-type.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonObject, JsonTree } from '../../json/json.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** The mapping of single fields, by name or pattern. */
export const getFieldMapping: Endpoint = endpoint({
  routes: [
    'GET /_mapping/field/{fields}',
    'GET /{index}/_mapping/field/{fields}',
    'GET /_mapping/{type}/field/{fields}',
    'GET /{index}/_mapping/{type}/field/{fields}',
  ],
  parameters: { ...indicesParameters, include_defaults: 'boolean', include_type_name: 'boolean', local: 'ignored' },
  handle: async ({ engine, parts, parameters }) => {
    const { include_type_name: includeTypeName = false } = parameters;
    const types = parts.type?.split(',') ?? ['_all'];
    const namesTypes = !areAllTypes(types);
    if (namesTypes && !includeTypeName) {
      throw illegalArgument('Types cannot be specified unless include_type_name is set to true.');
    }
    const shown = parameters.include_defaults ? withMappingDefaults : (definition: JsonObject) => definition;
    const patterns = (parts.fields ?? '').split(',');
    const resolved = resolveIndices(engine, parts.index, indicesOptions('none', parameters));
    if (missingTypes(types).length === types.length) return { status: 404, body: {} };
    // compat: an index that is closed, or whose metadata cannot be read, is left out.
    const indices = resolved
      .filter(({ index }) => !isClosed(engine, index.name) && !isBlocked('metadata_read', index.blocks()))
      .map(({ index }) => ({ name: index.name, mappings: index.mappings() }))
      .filter(({ mappings }) => !namesTypes || Object.keys(mappings).length > 0);
    const slice = new TimeSlice();
    const entries: [string, JsonTree][] = [];
    for (const { name, mappings } of indices) {
      if (slice.isOver) await slice.next();
      const matching = mappedFields(mappings).filter(
        ({ path, type }) => type !== 'object' && patterns.some((pattern) => matchesPattern(pattern, path)),
      );
      const fields = matching.map(({ path, definition }): [string, JsonTree] => [
        path,
        { full_name: path, mapping: { [path.split('.').at(-1) ?? path]: mappingJson(shown(definition)) as JsonTree } },
      ]);
      if (namesTypes && fields.length === 0) continue;
      entries.push([name, { mappings: underType(Object.fromEntries(fields), includeTypeName) as JsonTree }]);
    }
    return { status: indices.length === 0 ? 404 : 200, body: Object.fromEntries(entries) };
  },
});
