import type { Engine } from '@daybook/search-engine';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { matchedAliases, missingAliases } from '../../indices/alias-expression.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

const routes = [
  'GET /_alias',
  'GET /_aliases',
  'GET /_alias/{name}',
  'GET /{index}/_alias',
  'GET /{index}/_aliases',
  'GET /{index}/_alias/{name}',
  'GET /{index}/_aliases/{name}',
];

/** Aliases by index. A name that no index bears is answered with 404 beside those that were found. */
export const getAlias: Endpoint = endpoint({
  routes: [...routes, ...routes.map((route) => route.replace('GET', 'HEAD'))],
  parameters: { ...indicesParameters, local: 'ignored', master_timeout: 'time' },
  handle: ({ engine, parts, parameters }) => {
    const wanted = parts.name?.split(',');
    const options = indicesOptions('metadata_read', parameters, { expandClosed: true, expandHidden: true });
    const found = aliasesByIndex(engine, parts.index, options, wanted);
    const names = new Set(Object.values(found).flatMap(({ aliases }) => Object.keys(aliases as object)));
    const missing = missingAliases(wanted ?? [], names);
    if (missing.length === 0) return { body: found };
    const noun = missing.length === 1 ? 'alias' : 'aliases';
    return { status: 404, body: { error: `${noun} [${missing.join(',')}] missing`, status: 404, ...found } };
  },
});

function aliasesByIndex(
  engine: Engine,
  expression: string | undefined,
  options: ReturnType<typeof indicesOptions>,
  wanted: readonly string[] | undefined,
): Record<string, { readonly aliases: JsonTree }> {
  const result: Record<string, { readonly aliases: JsonTree }> = {};
  for (const { index } of resolveIndices(engine, expression, options)) {
    const aliases = index.aliases();
    const names = wanted === undefined ? Object.keys(aliases) : matchedAliases(wanted, Object.keys(aliases));
    if (wanted !== undefined && names.length === 0) continue;
    result[index.name] = { aliases: Object.fromEntries(names.map((name) => [name, aliases[name]])) as JsonTree };
  }
  return result;
}
