import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { checkChangedSettings } from '../../indices/check-settings.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { flattenSettings, nestSettings } from '../../indices/settings.ts';
import { isJsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';

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
  handle: async ({ engine, parts, parameters, body, privileged }, context) => {
    const json = requireJsonBody(body);
    const changes = flattenSettings(isJsonObject(json.settings) ? json.settings : json);
    const skip = privileged ? {} : { skip: context.systemIndices };
    const options = indicesOptions(parameters, { allowNoIndices: false, expandClosed: true, ...skip });
    const resolved = resolveIndices(engine, parts.index, options);
    for (const { index } of resolved) checkChangedSettings(changes, index);
    for (const { index } of resolved) {
      const current = flattenSettings(index.settings());
      const merged = parameters.preserve_existing ? { ...changes, ...current } : { ...current, ...changes };
      const kept = Object.entries(merged).filter(([, value]) => value !== null);
      await engine.putSettings(index.name, nestSettings(Object.fromEntries(kept)));
    }
    return { body: { acknowledged: true } };
  },
});
