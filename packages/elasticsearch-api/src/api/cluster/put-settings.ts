import { DaybookError } from '@daybook/errors';
import { refuseWhereReadOnly } from '../../cluster/cluster-blocks.ts';
import { flattenChanges, type SettingChanges, type SettingValues } from '../../cluster/settings/flatten-settings.ts';
import { validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { shownSettings } from '../../indices/settings.ts';
import { isJsonObject, type JsonTree } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';

/** Changes settings of the cluster; null removes one, or all that a pattern names. */
export const putClusterSettings: Endpoint = endpoint({
  routes: ['PUT /_cluster/settings'],
  parameters: { ...timeoutParameters, flat_settings: 'boolean' },
  handle: async ({ body, parameters, settings: binding }, { settings }) => {
    const json = requireJsonBody(body);
    const changes = { persistent: changesOf(json.persistent), transient: changesOf(json.transient) };
    if (changes.persistent.size + changes.transient.size === 0) throw validationFailed('no settings to update');
    const names = [...changes.persistent.keys(), ...changes.transient.keys()];
    // compat: a block can be taken away, alone.
    if (names.length > 1 || !names[0]?.startsWith('cluster.blocks.read_only')) refuseWhereReadOnly(binding);
    const { persistent, transient } = await settings.change(changes);
    const render = (values: SettingValues): JsonTree => shownSettings(values, parameters.flat_settings ?? false);
    return { body: { acknowledged: true, persistent: render(persistent), transient: render(transient) } };
  },
});

function changesOf(given: unknown): SettingChanges {
  if (given === undefined) return new Map();
  if (isJsonObject(given)) return flattenChanges(given);
  throw new DaybookError('invalid-argument', 'settings of the cluster must be an object', {
    detail: { reason: 'settings_exception', status: 500 },
  });
}
