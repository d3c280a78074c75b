import { isDaybookError } from '@daybook/errors';
import { type Engine, type Index, isBlocked, type Query, TimeSlice } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { type FieldCapability, fieldCapabilities } from '../fields/field-capabilities.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { blocksOf } from '../indices/closed-indices.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { resolveIndices } from '../indices/resolve-indices.ts';
import { emptyObject, type JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import { executeSearch } from '../search/execute-search.ts';
import { defaultSpecification } from '../search/parse-search-body.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';

/** What fields of several indices can do, by their types in the mappings. */
export const fieldCaps: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_field_caps`, `${method} /{index}/_field_caps`]),
  parameters: {
    ...indicesParameters,
    fields: 'list',
    include_unmapped: 'boolean',
    filters: 'ignored',
    types: 'ignored',
    include_empty_fields: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body }, context) => {
    const { fields: inBody, index_filter: filter, ...others } = parseJsonBody(body) ?? {};
    for (const name of Object.keys(others)) throw parsingError(`request does not support [${name}]`);
    const given = parameters.fields ?? inBody;
    const patterns = (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String);
    if (patterns.length === 0) throw illegalArgument("specified fields can't be null or empty");
    // compat: an index that cannot be read has no fields.
    const targets = resolveIndices(engine, parts.index, indicesOptions('none', parameters))
      .filter(({ index }) => !isBlocked('read', blocksOf(engine, index)))
      .map(({ index }) => ({ index, name: index.name, mappings: index.mappings() }));
    const indices = filter === undefined ? targets : await filtered(engine, context, targets, filter);
    const isWanted = (name: string): boolean => patterns.some((pattern) => matchesPattern(pattern, name));
    const fields = await fieldCapabilities(indices, isWanted, parameters.include_unmapped ?? false);
    return { body: { indices: indices.map(({ name }) => name), fields: await render(fields) } };
  },
});

/** compat: an index is left out where its mapping, or for a range its values, cannot meet the filter; other values are not looked at. */
async function filtered<T extends { readonly index: Index }>(
  engine: Engine,
  context: ApiContext,
  targets: readonly T[],
  filter: unknown,
): Promise<readonly T[]> {
  const query = parseTopQuery(filter, requestQueryContext(engine));
  const slice = new TimeSlice();
  const kept: T[] = [];
  for (const target of targets) {
    if (slice.isOver) await slice.next();
    if (await canMatch(engine, context, target.index, query)) kept.push(target);
  }
  return kept;
}

async function canMatch(engine: Engine, context: ApiContext, index: Index, query: Query): Promise<boolean> {
  try {
    if ((await engine.describe(index, query)).startsWith('MatchNoDocsQuery')) return false;
    if (query.type !== 'range') return true;
    const request = { ...defaultSpecification().request, query, size: 0 };
    const { result } = await executeSearch(engine, [{ index }], request, context.nodeId);
    return result.total > 0;
  } catch (error) {
    // compat: an index in which the filter cannot be run is not left out.
    if (isDaybookError(error) && error.code !== 'internal') return true;
    throw error;
  }
}

async function render(fields: ReadonlyMap<string, readonly FieldCapability[]>): Promise<JsonTree> {
  const result = emptyObject<JsonTree>();
  const slice = new TimeSlice();
  for (const [name, types] of fields) {
    if (slice.isOver) await slice.next();
    result[name] = Object.fromEntries(
      types.map((capability) => [
        capability.type,
        {
          type: capability.type,
          searchable: capability.searchable,
          aggregatable: capability.aggregatable,
          indices: types.length > 1 ? capability.indices : undefined,
          non_searchable_indices: someOf(capability.nonSearchable, capability.indices),
          non_aggregatable_indices: someOf(capability.nonAggregatable, capability.indices),
          meta: capability.meta.size === 0 ? undefined : sortedMeta(capability.meta),
        },
      ]),
    );
  }
  return result;
}

/** Named only where the others can. */
function someOf(names: readonly string[], all: readonly string[]): readonly string[] | undefined {
  return names.length > 0 && names.length < all.length ? names : undefined;
}

function sortedMeta(meta: FieldCapability['meta']): JsonTree {
  return Object.fromEntries([...meta].map(([name, values]) => [name, [...values].sort()]));
}
