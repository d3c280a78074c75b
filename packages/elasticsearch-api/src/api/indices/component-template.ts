import { illegalArgument, resourceNotFound } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import type { JsonTree } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { parseComponentTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.component;

export const putComponentTemplate: Endpoint = endpoint({
  routes: ['PUT /_component_template/{name}', 'POST /_component_template/{name}'],
  parameters: { ...timeoutParameters, create: 'boolean' },
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`component template [${name}] already exists`);
    }
    await engine.putMetadata(kind, name, parseComponentTemplate(requireJsonBody(body)));
    return { body: { acknowledged: true } };
  },
});

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

export const deleteComponentTemplate: Endpoint = endpoint({
  routes: ['DELETE /_component_template/{name}'],
  parameters: timeoutParameters,
  handle: async ({ engine, parts }) => {
    const pattern = parts.name ?? '';
    const names = [...engine.metadata(kind).keys()].filter((name) => matchesPattern(pattern, name));
    if (names.length === 0) throw resourceNotFound(`component template matching [${pattern}] not found`);
    const users = [...engine.metadata(templateKinds.composable)]
      .filter(([, template]) => (template.composed_of as readonly string[]).some((used) => names.includes(used)))
      .map(([name]) => name);
    if (users.length > 0) {
      throw illegalArgument(
        `component templates [${names.join(', ')}] cannot be removed as they are still in use by index templates [${users.join(', ')}]`,
      );
    }
    for (const name of names) await engine.putMetadata(kind, name, undefined);
    return { body: { acknowledged: true } };
  },
});
