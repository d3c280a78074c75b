import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters, timeoutParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { answeredSettings, flattenSettings, nestSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** Settings of indices, all or those that patterns name. */
export const getSettings: Endpoint = endpoint({
  routes: ['GET /_settings', 'GET /_settings/{name}', 'GET /{index}/_settings', 'GET /{index}/_settings/{name}'],
  parameters: {
    ...indicesParameters,
    ...timeoutParameters,
    flat_settings: 'boolean',
    include_defaults: 'ignored',
    local: 'ignored',
  },
  handle: ({ engine, parts, parameters }) => {
    const patterns = parts.name === undefined || parts.name === '_all' ? ['*'] : parts.name.split(',');
    const resolved = resolveIndices(engine, parts.index, indicesOptions(parameters, { expandClosed: true }));
    const entries = resolved.map(({ index }): [string, JsonTree] => {
      const all = Object.entries(flattenSettings(answeredSettings(index, { flat: true })));
      const wanted = Object.fromEntries(
        all.filter(([name]) => patterns.some((pattern) => matchesPattern(pattern, name))),
      );
      return [index.name, { settings: (parameters.flat_settings ? wanted : nestSettings(wanted)) as JsonTree }];
    });
    return { body: Object.fromEntries(entries) };
  },
});
