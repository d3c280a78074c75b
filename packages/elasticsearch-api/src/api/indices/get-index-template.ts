import { resourceNotFound } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonTree } from '../../json/json.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.composable;

/** Composable templates. */
export const getIndexTemplate: Endpoint = endpoint({
  routes: ['GET /_index_template', 'GET /_index_template/{name}', 'HEAD /_index_template/{name}'],
  parameters: { master_timeout: 'time', flat_settings: 'ignored', local: 'ignored', include_defaults: 'ignored' },
  handle: ({ engine, parts }) => {
    const pattern = parts.name ?? '*';
    const found = [...engine.metadata(kind)].filter(([name]) => matchesPattern(pattern, name));
    if (found.length === 0 && parts.name !== undefined) {
      throw resourceNotFound(`index template matching [${pattern}] not found`);
    }
    return {
      body: { index_templates: found.map(([name, template]) => ({ name, index_template: template as JsonTree })) },
    };
  },
});
