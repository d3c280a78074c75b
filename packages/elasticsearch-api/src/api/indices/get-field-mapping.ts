import { isBlocked, TimeSlice } from '@daybook/search-engine';
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
  parameters: { ...indicesParameters, include_defaults: 'boolean', include_type_name: 'boolean', local: 'ignored' },
  handle: async ({ engine, parts, parameters }) => {
    const shown = parameters.include_defaults ? withMappingDefaults : (definition: JsonObject) => definition;
    const patterns = (parts.fields ?? '').split(',');
    // compat: an index whose metadata cannot be read is left out.
    const indices = resolveIndices(engine, parts.index, indicesOptions('none', parameters))
      .filter(({ index }) => !isBlocked('metadata_read', index.blocks()))
      .map(({ index }) => ({ name: index.name, mappings: index.mappings() }));
    const slice = new TimeSlice();
    const entries: [string, JsonTree][] = [];
    for (const { name, mappings } of indices) {
      if (slice.isOver) await slice.next();
      const matching = mappedFields(mappings).filter(
        ({ path, type }) => type !== 'object' && patterns.some((pattern) => matchesPattern(pattern, path)),
      );
      const fields = matching.map(({ path, definition }): [string, JsonTree] => [
        path,
        { full_name: path, mapping: { [path.split('.').at(-1) ?? path]: shown(definition) as JsonTree } },
      ]);
      entries.push([name, { mappings: Object.fromEntries(fields) }]);
    }
    return { status: entries.length === 0 ? 404 : 200, body: Object.fromEntries(entries) };
  },
});
