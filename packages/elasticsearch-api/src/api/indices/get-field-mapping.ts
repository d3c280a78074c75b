import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { mappedFields } from '../../indices/mapped-fields.ts';
import { withMappingDefaults } from '../../indices/mapping-defaults.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonObject, JsonTree } from '../../json/json.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** The mapping of single fields, by name or pattern. */
export const getFieldMapping: Endpoint = endpoint({
  routes: ['GET /_mapping/field/{fields}', 'GET /{index}/_mapping/field/{fields}'],
  parameters: { ...indicesParameters, include_defaults: 'boolean', include_type_name: 'ignored', local: 'ignored' },
  handle: ({ engine, parts, parameters }) => {
    const shown = parameters.include_defaults ? withMappingDefaults : (definition: JsonObject) => definition;
    const patterns = (parts.fields ?? '').split(',');
    const resolved = resolveIndices(engine, parts.index, indicesOptions(parameters));
    const entries = resolved.map(({ index }): [string, JsonTree] => {
      const matching = mappedFields(index.mappings()).filter(
        ({ path, type }) => type !== 'object' && patterns.some((pattern) => matchesPattern(pattern, path)),
      );
      const mappings = matching.map(({ path, definition }): [string, JsonTree] => [
        path,
        { full_name: path, mapping: { [path.split('.').at(-1) ?? path]: shown(definition) as JsonTree } },
      ]);
      return [index.name, { mappings: Object.fromEntries(mappings) }];
    });
    return { body: Object.fromEntries(entries) };
  },
});
