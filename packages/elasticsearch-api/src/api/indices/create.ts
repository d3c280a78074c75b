import { parseError } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { parseAliasDefinitions } from '../../indices/alias-definition.ts';
import { createIndexWithTemplates } from '../../indices/create-index.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { mappingOf } from '../../indices/mapping-type.ts';
import { refuseBlockedNames } from '../../indices/refuse-blocked-names.ts';
import { isJsonObject, type JsonObject, tokenOf } from '../../json/json.ts';
import { parseJsonBody } from '../../json/parse-json.ts';

const known: ReadonlySet<string> = new Set(['settings', 'mappings', 'aliases']);

/** Makes an index from its templates and what the request says. */
export const createIndex: Endpoint = endpoint({
  routes: ['PUT /{index}'],
  parameters: { ...timeoutParameters, wait_for_active_shards: 'activeShards', include_type_name: 'boolean' },
  handle: async ({ engine, parts, parameters, body, settings }) => {
    const expression = parts.index ?? '';
    refuseBlockedNames(engine, settings, [expression]);
    const json = parseJsonBody(body) ?? {};
    const unknown = Object.keys(json).find((key) => !known.has(key));
    // compat: settings may stand at the top, without [settings] around them.
    const bare = unknown !== undefined && Object.keys(json).every((key) => key === 'index' || key.startsWith('index.'));
    if (unknown !== undefined && !bare) throw parseError(`unknown key [${unknown}] for create index`);
    const { name } = await createIndexWithTemplates(engine, expression, {
      settings: bare ? json : objectAt(json, 'settings'),
      mappings: mappingOf(objectAt(json, 'mappings'), parameters.include_type_name),
      aliases: parseAliasDefinitions(json.aliases),
    });
    return { body: { acknowledged: true, shards_acknowledged: true, index: name } };
  },
});

function objectAt(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {};
  if (isJsonObject(value)) return value;
  throw parseError(`key [${name}] must be an object, found [${tokenOf(value)}]`);
}
