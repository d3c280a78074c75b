import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { checkTemplateContent } from '../../templates/check-template-content.ts';
import { parseLegacyTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

const kind = templateKinds.legacy;

/** Puts a legacy template. */
export const putTemplate: Endpoint = endpoint({
  routes: ['PUT /_template/{name}', 'POST /_template/{name}'],
  parameters: {
    ...timeoutParameters,
    create: 'boolean',
    order: 'integer',
    include_type_name: 'boolean',
    cause: 'ignored',
  },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`index_template [${name}] already exists`);
    }
    const template = parseLegacyTemplate(requireJsonBody(body), parameters);
    checkTemplateContent(template);
    await engine.updateMetadata(kind, new Map([[name, template]]));
    return { body: { acknowledged: true } };
  },
});
