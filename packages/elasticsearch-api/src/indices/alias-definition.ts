import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Engine } from '@daybook/search-engine';
import { contentParseError, illegalArgument, parseError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import { readOptions } from '../query-dsl/option-readers.ts';
import { parseQuery, queryContext } from '../query-dsl/parse-query.ts';
import { checkAliasName } from './index-name.ts';

/** What may be said of an alias, for the declarations of parsers. */
export const aliasKinds = {
  filter: 'any',
  is_write_index: 'boolean',
  is_hidden: 'boolean',
  routing: 'stringOrNumber',
  index_routing: 'stringOrNumber',
  search_routing: 'stringOrNumber',
} as const;

/** Reads what may be said of an alias; its filter is kept as it was written, and checked with the alias's name. */
export function parseAliasDefinition(given: unknown): JsonObject {
  if (given === undefined || given === null) return {};
  if (!isJsonObject(given)) throw parseError(`an alias is defined by an object, found [${tokenOf(given)}]`);
  const options = readOptions('alias', given, aliasKinds, (name) =>
    contentParseError(`[alias] unknown field [${name}]`),
  );
  return defined({
    filter: options.filter,
    index_routing: options.index_routing ?? options.routing,
    search_routing: options.search_routing ?? options.routing,
    is_write_index: options.is_write_index,
    is_hidden: options.is_hidden,
  });
}

/** Several, by their names. */
export function parseAliasDefinitions(given: unknown): Readonly<Record<string, JsonObject>> {
  if (given === undefined || given === null) return {};
  if (!isJsonObject(given)) throw parseError(`key [aliases] must be an object, found [${tokenOf(given)}]`);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, parseAliasDefinition(value)]));
}

/** Refuses filters that are no queries, several routing values for one document, and names that no alias may bear, or that an index has which is not about to be deleted. */
export function checkAliases(
  engine: Engine,
  aliases: Readonly<Record<string, JsonObject>>,
  deletedIndices: ReadonlySet<string> = new Set(),
): void {
  checkIndexRouting(aliases);
  for (const [name, { filter }] of Object.entries(aliases)) {
    checkAliasName(name);
    if (filter !== undefined) checkFilter(name, filter);
    const index = engine.index(name);
    if (index === undefined || deletedIndices.has(name)) continue;
    throw new DaybookError(
      'invalid-argument',
      `Invalid alias name [${name}], an index exists with the same name as the alias`,
      {
        detail: {
          reason: 'invalid_alias_name_exception',
          properties: { index_uuid: index.uuid, index: index.name },
        },
      },
    );
  }
}

/** Refuses several routing values for one document. */
export function checkIndexRouting(aliases: Readonly<Record<string, JsonObject>>): void {
  for (const [name, { index_routing: routing = '' }] of Object.entries(aliases)) {
    if (!String(routing).includes(',')) continue;
    throw illegalArgument(`alias [${name}] has several index routing values associated with it`);
  }
}

function checkFilter(alias: string, filter: unknown): void {
  try {
    parseQuery(filter, queryContext());
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw illegalArgument(`failed to parse filter for alias [${alias}]`, error);
  }
}
