import { clusterSettings, type SettingsScope } from '../../cluster/cluster-settings.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { nestSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';

/** Settings of the cluster are kept and answered; nothing here is steered by them. */
export const getClusterSettings: Endpoint = endpoint({
  routes: ['GET /_cluster/settings'],
  parameters: { ...timeoutParameters, flat_settings: 'boolean', include_defaults: 'ignored' },
  handle: ({ engine, parameters }) => {
    const render = (scope: SettingsScope): JsonTree => {
      const flat = clusterSettings(engine, scope);
      return (parameters.flat_settings ? flat : nestSettings(flat)) as JsonTree;
    };
    return { body: { persistent: render('persistent'), transient: render('transient') } };
  },
});
