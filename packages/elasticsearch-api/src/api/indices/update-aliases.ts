import type { Engine } from '@daybook/search-engine';
import { refuseSystemIndices } from '../../access/protect-system-indices.ts';
import { aliasesMissing, contentParseError, illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { checkAliases, parseAliasDefinition } from '../../indices/alias-definition.ts';
import { type IndicesOptions, indicesOptions, timeoutParameters } from '../../indices/indices-options.ts';
import { refuseBlockedNames } from '../../indices/refuse-blocked-names.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { isJsonObject, type JsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { readOptions } from '../../query-dsl/option-readers.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** Gives an alias to an index, or, without a definition, takes it away. */
interface SetAlias {
  readonly type: 'set';
  readonly index: string;
  readonly alias: string;
  readonly definition: JsonObject | undefined;
}

type Change = SetAlias | { readonly type: 'delete-index'; readonly index: string };

/** Every action is read and checked before all are carried out as one change. */
export const updateAliases: Endpoint = endpoint({
  routes: ['POST /_aliases'],
  parameters: timeoutParameters,
  handle: async ({ engine, body, privileged, settings }, context) => {
    const { actions } = requireJsonBody(body);
    if (!Array.isArray(actions)) throw contentParseError('[aliases] failed to parse field [actions]');
    if (actions.length === 0) throw illegalArgument('No action specified');
    refuseBlockedNames(
      engine,
      settings,
      actions.flatMap((action) => namesOf(action, 'index')),
    );
    const options = indicesOptions(
      'none',
      {},
      { resolveAliases: false, ...(privileged ? {} : { skip: context.systemIndices }) },
    );
    const changes = actions.flatMap((action) => readAction(engine, action, options));
    if (changes.length === 0) throw aliasesMissing(actions.flatMap((action) => namesOf(action, 'alias')));
    const deleted = new Set(changes.filter(({ type }) => type === 'delete-index').map(({ index }) => index));
    if (!privileged)
      refuseSystemIndices(
        changes.map(({ index }) => index),
        context.systemIndices,
      );
    const kept = changes.filter((change) => change.type === 'set' && !deleted.has(change.index)) as readonly SetAlias[];
    const added = kept.filter(({ definition }) => definition !== undefined);
    // The name of an index that goes away in the same request is free for an alias.
    checkAliases(engine, Object.fromEntries(added.map(({ alias, definition }) => [alias, definition])), deleted);
    await engine.updateAliases(byIndex(kept), deleted);
    return { body: { acknowledged: true } };
  },
});

function namesOf(action: unknown, what: 'index' | 'alias'): readonly string[] {
  const [given] = isJsonObject(action) ? Object.values(action) : [];
  if (!isJsonObject(given)) return [];
  return stringsOf(what === 'index' ? (given.indices ?? given.index) : (given.aliases ?? given.alias));
}

function readAction(engine: Engine, action: unknown, options: IndicesOptions): readonly Change[] {
  const [entry] = isJsonObject(action) ? Object.entries(action) : [];
  if (entry === undefined || !isJsonObject(entry[1])) throw illegalArgument('an alias action must be an object');
  const [name, given] = entry;
  if (name !== 'add' && name !== 'remove' && name !== 'remove_index') {
    const cause = contentParseError(`[alias_action] unknown field [${name}]`);
    throw contentParseError('[aliases] failed to parse field [actions]', cause);
  }
  const { index, indices, alias, aliases, must_exist: mustExist, ...rest } = given;
  const expressions = stringsOf(indices ?? index);
  if (expressions.length === 0) throw illegalArgument('One of [index] or [indices] is required');
  const resolved = resolveIndices(engine, expressions.join(','), options).map((target) => target.index);
  if (name === 'remove_index') return resolved.map((target) => ({ type: 'delete-index', index: target.name }));
  const names = stringsOf(aliases ?? alias);
  if (names.length === 0) throw illegalArgument('One of [alias] or [aliases] is required');
  if (name === 'add') {
    const definition = parseAliasDefinition(rest);
    return resolved.flatMap((target) => names.map((each) => set(target.name, each, definition)));
  }
  readOptions('remove', rest, { routing: 'ignored' });
  const removed = resolved.flatMap((target) =>
    Object.keys(target.aliases())
      .filter((existing) => names.some((pattern) => matchesPattern(pattern, existing)))
      .map((existing) => set(target.name, existing, undefined)),
  );
  if (removed.length === 0 && mustExist === true) throw aliasesMissing(names);
  return removed;
}

function set(index: string, alias: string, definition: JsonObject | undefined): Change {
  return { type: 'set', index, alias, definition };
}

/** The last action of an alias counts. */
function byIndex(actions: readonly SetAlias[]): Map<string, Map<string, JsonObject | undefined>> {
  const changes = new Map<string, Map<string, JsonObject | undefined>>();
  for (const { index, alias, definition } of actions) {
    const aliases = changes.get(index) ?? new Map<string, JsonObject | undefined>();
    changes.set(index, aliases.set(alias, definition));
  }
  return changes;
}

function stringsOf(given: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  return (Array.isArray(given) ? given : [given]).map(String);
}
