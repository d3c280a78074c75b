import type { SettingsScope } from '../../cluster/settings/cluster-settings.ts';
import { dynamicSettings } from '../../cluster/settings/dynamic-settings.ts';
import type { SettingValues } from '../../cluster/settings/flatten-settings.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { shownSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';

/** The settings of the cluster; of defaults, those of settings that can be changed. */
export const getClusterSettings: Endpoint = endpoint({
  routes: ['GET /_cluster/settings'],
  parameters: { master_timeout: 'time', local: 'ignored', flat_settings: 'boolean', include_defaults: 'boolean' },
  handle: ({ parameters }, { settings }) => {
    const render = (values: SettingValues): JsonTree => shownSettings(values, parameters.flat_settings ?? false);
    const scopes: readonly SettingsScope[] = ['persistent', 'transient'];
    const [persistent = {}, transient = {}] = scopes.map((scope) => settings.values(scope));
    const made = { ...persistent, ...transient };
    const defaults = [...dynamicSettings].flatMap(([name, setting]): [string, SettingValues[string]][] =>
      made[name] === undefined ? [[name, setting.default]] : [],
    );
    return {
      body: {
        persistent: render(persistent),
        transient: render(transient),
        defaults: parameters.include_defaults ? render(Object.fromEntries(defaults)) : undefined,
      },
    };
  },
});
