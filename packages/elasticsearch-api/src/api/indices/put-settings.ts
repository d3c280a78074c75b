import { parseSimilarities } from '@daybook/search-engine';
import { validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { changesSimilarity, checkChangedSettings, isMadeByIndex } from '../../indices/check-settings.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { type FlatSettings, flattenSettings, nestSettings } from '../../indices/settings.ts';
import { isJsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { hasWildcard, matchesPattern } from '../../wildcards/wildcard.ts';

/** Settings are laid over those that stand; null removes one. */
export const putSettings: Endpoint = endpoint({
  routes: ['PUT /_settings', 'PUT /{index}/_settings'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    preserve_existing: 'boolean',
    flat_settings: 'ignored',
    reopen: 'ignored',
  },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters, body, privileged }, context) => {
    const json = requireJsonBody(body);
    const changes = flattenSettings(isJsonObject(json.settings) ? json.settings : json);
    if (Object.keys(changes).length === 0) throw validationFailed('no settings to update');
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions(unblocks(changes) ? 'none' : 'metadata_write', parameters, {
      allowNoIndices: false,
      expandClosed: true,
      ...skip,
    });
    const resolved = resolveIndices(engine, parts.index, options);
    for (const { index } of resolved) checkChangedSettings(changes, index, isClosed(engine, index.name));
    const removed = Object.keys(changes).filter((name) => changes[name] === null && hasWildcard(name));
    const settingsByIndex = resolved.map(({ index }) => {
      const current = flattenSettings(index.settings());
      const merged = parameters.preserve_existing ? { ...changes, ...current } : { ...current, ...changes };
      const kept = Object.entries(merged).filter(
        ([name, value]) =>
          value !== null &&
          (isMadeByIndex(name) ||
            Object.hasOwn(changes, name) ||
            !removed.some((pattern) => matchesPattern(pattern, name))),
      );
      return [index.name, nestSettings(Object.fromEntries(kept))] as const;
    });
    if (changesSimilarity(changes)) for (const [, settings] of settingsByIndex) parseSimilarities(settings);
    for (const [name, settings] of settingsByIndex) await engine.putSettings(name, settings);
    return { body: { acknowledged: true } };
  },
});

/** compat: one who sets or removes one of these is not refused by the blocks that stand; of the third only if it is all that changes. */
function unblocks(changes: FlatSettings): boolean {
  const names = Object.keys(changes);
  return (
    names.some((name) => name === 'index.blocks.read_only' || name === 'index.blocks.read_only_allow_delete') ||
    (names.length === 1 && names[0] === 'index.blocks.metadata')
  );
}
