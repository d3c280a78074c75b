import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { nestSettings } from '../../indices/settings.ts';
import type { JsonTree } from '../../json/json.ts';
import { templateFor } from '../../templates/template-for.ts';

/** What an index of a name would be made from. */
export const simulateIndexTemplate: Endpoint = endpoint({
  routes: ['POST /_index_template/_simulate_index/{name}'],
  parameters: { master_timeout: 'time', include_defaults: 'ignored' },
  handle: ({ engine, parts }) => {
    const { mappings, settings, aliases } = templateFor(engine, parts.name ?? '');
    const template = { settings: nestSettings(settings), mappings, aliases };
    return { body: { template: template as unknown as JsonTree, overlapping: [] } };
  },
});
