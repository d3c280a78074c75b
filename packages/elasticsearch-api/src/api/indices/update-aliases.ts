import type { Engine } from '@daybook/search-engine';
import { refuseSystemIndices } from '../../access/protect-system-indices.ts';
import { aliasesMissing } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { type AliasAction, parseAliasActions } from '../../indices/alias-action.ts';
import { checkAliases } from '../../indices/alias-definition.ts';
import { openDeleted } from '../../indices/closed-indices.ts';
import { type IndicesOptions, indicesOptions, timeoutParameters } from '../../indices/indices-options.ts';
import { refuseBlockedNames } from '../../indices/refuse-blocked-names.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
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
    const actions = parseAliasActions(requireJsonBody(body));
    refuseBlockedNames(
      engine,
      settings,
      actions.flatMap(({ indices }) => indices),
    );
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions('none', {}, { allowNoIndices: false, resolveAliases: false, ...skip });
    const changes = actions.flatMap((action) => changesOf(engine, action, options));
    if (changes.length === 0) throw aliasesMissing(actions.flatMap(({ aliases }) => aliases));
    const deleted = new Set(changes.filter(({ type }) => type === 'delete-index').map(({ index }) => index));
    if (!privileged)
      refuseSystemIndices(
        changes.map(({ index }) => index),
        context.systemIndices,
      );
    const kept = changes.filter((change) => change.type === 'set' && !deleted.has(change.index)) as readonly SetAlias[];
    const added = kept.filter(({ definition }) => definition !== undefined);
    // The name of an index that goes away in the same request is free for an alias.
    checkAliases(engine, Object.fromEntries(added.map(({ alias, definition = {} }) => [alias, definition])), deleted);
    await openDeleted(engine, [...deleted]);
    await engine.updateAliases(byIndex(kept), deleted);
    return { body: { acknowledged: true } };
  },
});

function changesOf(engine: Engine, action: AliasAction, options: IndicesOptions): readonly Change[] {
  const indices = resolveIndices(engine, action.indices, options).map(({ index }) => index);
  if (action.type === 'remove_index') return indices.map(({ name }) => ({ type: 'delete-index', index: name }));
  if (action.type === 'add') {
    return indices.flatMap(({ name }) => action.aliases.map((alias) => set(name, alias, action.definition)));
  }
  const removed = indices.flatMap((index) =>
    Object.keys(index.aliases())
      .filter((existing) => action.aliases.some((pattern) => matchesPattern(pattern, existing)))
      .map((existing) => set(index.name, existing, undefined)),
  );
  if (removed.length === 0 && action.mustExist) throw aliasesMissing(action.aliases);
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
