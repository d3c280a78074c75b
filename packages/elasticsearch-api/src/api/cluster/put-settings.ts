import { changeClusterSettings } from '../../cluster/cluster-settings.ts';
import { illegalArgument, securityError, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { nestSettings } from '../../indices/settings.ts';
import { emptyObject, isJsonObject, type JsonObject, type JsonTree } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';

/** Changes settings of the cluster; with a system key in use, it is needed. */
export const putClusterSettings: Endpoint = endpoint({
  routes: ['PUT /_cluster/settings'],
  parameters: { ...timeoutParameters, flat_settings: 'ignored' },
  handle: async ({ engine, body, privileged }) => {
    if (!privileged) throw securityError('settings of the cluster are changed by the system alone');
    const json = requireJsonBody(body);
    const answers: Record<string, JsonTree> = { acknowledged: true, persistent: {}, transient: {} };
    let count = 0;
    for (const [scope, given] of Object.entries(json)) {
      if (scope !== 'persistent' && scope !== 'transient') throw illegalArgument(`unknown field [${scope}]`);
      if (!isJsonObject(given)) throw illegalArgument(`[${scope}] must be an object`);
      const changes = flatten(given);
      count += Object.keys(changes).length;
      await changeClusterSettings(engine, scope, changes);
      answers[scope] = nestSettings(changes) as JsonTree;
    }
    if (count === 0) throw validationFailed('no settings to update');
    return { body: answers };
  },
});

function flatten(object: JsonObject, prefix = '', flat: Record<string, unknown> = emptyObject()): JsonObject {
  for (const [name, value] of Object.entries(object)) {
    if (isJsonObject(value)) flatten(value, `${prefix}${name}.`, flat);
    else flat[`${prefix}${name}`] = value === null || Array.isArray(value) ? value : String(value);
  }
  return flat;
}
