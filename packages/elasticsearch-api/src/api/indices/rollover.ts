import { refuseSystemIndices } from '../../access/protect-system-indices.ts';
import { contentParseError } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { parseAliasDefinitions } from '../../indices/alias-definition.ts';
import { checkNewIndexName, createIndexWithTemplates } from '../../indices/create-index.ts';
import { resolveDateMathName } from '../../indices/date-math-name.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { mappingOf } from '../../indices/mapping-type.ts';
import { isJsonObject, type JsonObject } from '../../json/json.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { unsupportedToken } from '../../query-dsl/option-readers.ts';
import { checkConditions, parseRolloverConditions } from '../../rollover/rollover-conditions.ts';
import { checkTemplateAliases, nextIndexName, rolloverTarget } from '../../rollover/rollover-target.ts';
import { readMember } from '../../search/read-content.ts';

const known: ReadonlySet<string> = new Set(['conditions', 'settings', 'mappings', 'aliases']);

/** Makes a new index and lets an alias write to it, once a condition is met. */
export const rollover: Endpoint = endpoint({
  routes: ['POST /{alias}/_rollover', 'POST /{alias}/_rollover/{new_index}'],
  parameters: {
    ...timeoutParameters,
    dry_run: 'boolean',
    include_type_name: 'boolean',
    wait_for_active_shards: 'activeShards',
  },
  handle: async ({ engine, parts, parameters, body, privileged }, context) => {
    const { alias = '' } = parts;
    const { dry_run: isDryRun = false, include_type_name: includeTypeName } = parameters;
    const json = parseJsonBody(body) ?? {};
    const unknown = Object.keys(json).find((name) => !known.has(name));
    if (unknown !== undefined) throw contentParseError(`[rollover] unknown field [${unknown}]`);
    const conditions = parseRolloverConditions(json.conditions);
    const definition = {
      settings: objectAt(json, 'settings'),
      mappings: mappingsOf(objectAt(json, 'mappings'), includeTypeName),
      aliases: parseAliasDefinitions(json.aliases),
    };
    const { index: old, staysAlias } = rolloverTarget(engine, alias);
    const expression = parts.new_index ?? nextIndexName(old);
    const newIndex = resolveDateMathName(expression);
    checkNewIndexName(engine, newIndex);
    checkTemplateAliases(engine, newIndex, alias);
    if (!privileged) refuseSystemIndices([old.name, newIndex, alias], context.systemIndices);
    const results = checkConditions(conditions, old);
    const isMet = conditions.length === 0 || Object.values(results).includes(true);
    const rolledOver = isMet && !isDryRun;
    if (rolledOver) {
      // compat: what else was said of the alias is forgotten.
      const moved = new Map<string, Map<string, JsonObject | undefined>>([
        [old.name, new Map([[alias, staysAlias ? { is_write_index: false } : undefined]])],
        [newIndex, new Map([[alias, staysAlias ? { is_write_index: true } : {}]])],
      ]);
      await createIndexWithTemplates(engine, expression, definition, moved);
    }
    return {
      body: {
        acknowledged: rolledOver,
        shards_acknowledged: rolledOver,
        old_index: old.name,
        new_index: newIndex,
        rolled_over: rolledOver,
        dry_run: isDryRun,
        conditions: results,
      },
    };
  },
});

function mappingsOf(given: JsonObject, includeTypeName: boolean | undefined): JsonObject {
  return readMember('rollover', 'mappings', () => mappingOf(given, includeTypeName));
}

function objectAt(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {};
  if (isJsonObject(value)) return value;
  throw unsupportedToken(value, name, 'rollover');
}
