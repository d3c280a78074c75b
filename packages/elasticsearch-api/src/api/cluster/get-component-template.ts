import { resourceNotFound } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonTree } from '../../json/json.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.component;

/** Component templates. */
export const getComponentTemplate: Endpoint = endpoint({
  routes: ['GET /_component_template', 'GET /_component_template/{name}', 'HEAD /_component_template/{name}'],
  parameters: { master_timeout: 'time', flat_settings: 'ignored', local: 'ignored', include_defaults: 'ignored' },
  handle: ({ engine, parts }) => {
    const pattern = parts.name ?? '*';
    const found = [...engine.metadata(kind)].filter(([name]) => matchesPattern(pattern, name));
    if (found.length === 0 && parts.name !== undefined) {
      throw resourceNotFound(`component template matching [${pattern}] not found`);
    }
    const templates = found.map(([name, template]) => ({ name, component_template: template as JsonTree }));
    return { body: { component_templates: templates } };
  },
});
