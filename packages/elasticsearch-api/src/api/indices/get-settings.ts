import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { defaultSettings } from '../../indices/default-settings.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { renderIndices } from '../../indices/render-indices.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { answeredSettings, flattenSettings, shownSettings } from '../../indices/settings.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** Settings of indices, all or those that patterns name. */
export const getSettings: Endpoint = endpoint({
  routes: ['GET /_settings', 'GET /_settings/{name}', 'GET /{index}/_settings', 'GET /{index}/_settings/{name}'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    flat_settings: 'boolean',
    include_defaults: 'boolean',
    human: 'boolean',
    local: 'ignored',
  },
  handle: async ({ engine, parts, parameters }) => {
    const patterns = parts.name === undefined || parts.name === '_all' ? ['*'] : parts.name.split(',');
    const resolved = resolveIndices(engine, parts.index, indicesOptions('metadata_read', parameters));
    const { flat_settings: flat = false, human = false } = parameters;
    const isWanted = (name: string): boolean => patterns.some((pattern) => matchesPattern(pattern, name));
    const indices = resolved.map(({ index }) => index);
    const body = await renderIndices(engine, indices, (index) => {
      const answered = answeredSettings(index, { flat: true, human, isClosed: isClosed(engine, index.name) });
      const all = Object.entries(flattenSettings(answered));
      const wanted = Object.fromEntries(all.filter(([name]) => isWanted(name)));
      const settings = shownSettings(wanted, flat);
      const defaults = parameters.include_defaults ? defaultSettings(index, { flat, wanted: isWanted }) : undefined;
      return { settings, defaults };
    });
    return { body };
  },
});
