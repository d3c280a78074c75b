import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { isJsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { checkTemplateContent } from '../../templates/check-template-content.ts';
import { parseComponentTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

const kind = templateKinds.component;

/** Puts a component template. */
export const putComponentTemplate: Endpoint = endpoint({
  routes: ['PUT /_component_template/{name}', 'POST /_component_template/{name}'],
  parameters: { ...timeoutParameters, create: 'boolean' },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`component template [${name}] already exists`);
    }
    const component = parseComponentTemplate(requireJsonBody(body));
    if (isJsonObject(component.template)) checkTemplateContent(component.template);
    await engine.updateMetadata(kind, new Map([[name, component]]));
    return { body: { acknowledged: true } };
  },
});
