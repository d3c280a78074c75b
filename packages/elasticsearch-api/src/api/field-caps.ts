import type { Index } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { mappedFields } from '../indices/mapped-fields.ts';
import { resolveIndices } from '../indices/resolve-indices.ts';
import { emptyObject, type JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';

interface Capability {
  readonly indices: string[];
  searchable: boolean;
  aggregatable: boolean;
}

/** Fields of the metadata, which every index has: name → whether they can be searched and aggregated. */
const metadataFields: readonly (readonly [string, boolean, boolean])[] = [
  ['_id', true, true],
  ['_index', true, true],
  ['_seq_no', true, true],
  ['_source', false, false],
  ['_version', false, false],
];

/** What fields of several indices can do, by their types in the mappings. */
export const fieldCaps: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_field_caps`, `${method} /{index}/_field_caps`]),
  parameters: {
    ...indicesParameters,
    fields: 'list',
    include_unmapped: 'ignored',
    filters: 'ignored',
    types: 'ignored',
    include_empty_fields: 'ignored',
  },
  handle: ({ engine, parts, parameters, body }) => {
    const given = parameters.fields ?? parseJsonBody(body)?.fields;
    const patterns = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String);
    if (patterns.length === 0) throw illegalArgument("specified fields can't be null or empty");
    const indices = resolveIndices(engine, parts.index, indicesOptions(parameters)).map(({ index }) => index);
    const fields = collect(indices, (name) => patterns.some((pattern) => matchesPattern(pattern, name)));
    return { body: { indices: indices.map((index) => index.name), fields: render(fields, indices.length) } };
  },
});

function collect(
  indices: readonly Index[],
  wanted: (name: string) => boolean,
): ReadonlyMap<string, ReadonlyMap<string, Capability>> {
  const fields = new Map<string, Map<string, Capability>>();
  const add = (index: Index, name: string, type: string, searchable: boolean, aggregatable: boolean): void => {
    if (!wanted(name)) return;
    const types = fields.get(name) ?? new Map<string, Capability>();
    const capability = types.get(type) ?? { indices: [], searchable: true, aggregatable: true };
    capability.indices.push(index.name);
    capability.searchable &&= searchable;
    capability.aggregatable &&= aggregatable;
    types.set(type, capability);
    fields.set(name, types);
  };
  for (const index of indices) {
    for (const { path, type, definition } of mappedFields(index.mappings())) {
      const leaf = type !== 'object' && type !== 'nested';
      const columnar = type !== 'text' && definition.doc_values !== false;
      add(index, path, type, leaf && definition.index !== false, leaf && columnar);
    }
    for (const [name, searchable, aggregatable] of metadataFields) add(index, name, name, searchable, aggregatable);
  }
  return fields;
}

function render(fields: ReadonlyMap<string, ReadonlyMap<string, Capability>>, indexCount: number): JsonTree {
  const result = emptyObject<JsonTree>();
  for (const [name, types] of fields) {
    const entries = [...types].map(([type, { indices, searchable, aggregatable }]): [string, JsonTree] => {
      const partial = types.size > 1 && indices.length < indexCount;
      return [type, { type, searchable, aggregatable, indices: partial ? indices : undefined }];
    });
    result[name] = Object.fromEntries(entries);
  }
  return result;
}
