import { DaybookError } from '@daybook/errors';
import { illegalArgument, unsupported } from '../errors/errors.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';

/** The one mapping type that an index has, once it has a mapping. */
export const mappingType = '_doc';

/** A mapping as an answer has it: under the name of its type where `include_type_name` asks for it. */
export function underType(mappings: JsonObject, includeTypeName = false): JsonObject {
  return includeTypeName && Object.keys(mappings).length > 0 ? { [mappingType]: mappings } : mappings;
}

/** The mapping of a new index or a template, which stands under the name of its type where `include_type_name` says so. */
export function mappingOf(mappings: JsonObject, includeTypeName = false): JsonObject {
  const inner = innerMapping(mappings);
  if (!includeTypeName) {
    if (inner === undefined) return mappings;
    throw illegalArgument(
      `The mapping definition cannot be nested under a type [${mappingType}] unless include_type_name is set to true.`,
    );
  }
  const [type] = Object.keys(mappings);
  if (type === undefined) return mappings;
  if (inner === undefined) throw unsupported(`the mapping type [${type}]`);
  return inner;
}

/** What a mapping that stands under the name of its type says; undefined where it does not. */
export function innerMapping(mappings: JsonObject): JsonObject | undefined {
  const inner = mappings[mappingType];
  return Object.keys(mappings).length === 1 && isJsonObject(inner) ? inner : undefined;
}

/** Which of the types that a path names, as names and patterns, there are none of; `_all` is every type. */
export function missingTypes(types: readonly string[]): readonly string[] {
  return types.filter((type) => type !== '_all' && !matchesPattern(type, mappingType));
}

/** Whether a path names every type there is, which says no more than naming none. */
export function areAllTypes(types: readonly string[]): boolean {
  return types.length === 1 && (types[0] === '_all' || types[0] === '*');
}

/** No index has a mapping of these types. */
export function typeMissing(types: readonly string[]): DaybookError {
  return new DaybookError('not-found', `type[[${types.join(',')}]] missing`, {
    detail: { reason: 'type_missing_exception', properties: { index_uuid: '_na_', index: '_all' } },
  });
}

/** The same API at the older paths that name the one type before what is asked for: `/{index}/_doc/_mapping`. */
export function atItsOnlyType(api: Endpoint, methods: readonly string[], names: readonly string[]): Endpoint {
  return {
    ...api,
    routes: methods.flatMap((method) => names.map((name) => `${method} /{index}/${mappingType}/${name}`)),
    handle: (request, context) => api.handle({ ...request, parts: { ...request.parts, type: mappingType } }, context),
  };
}
