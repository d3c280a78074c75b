import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { checkComposableTemplate } from '../../templates/check-composable-template.ts';
import { checkComposedContent } from '../../templates/check-template-content.ts';
import { parseComposableTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

const kind = templateKinds.composable;

/** Puts a composable template. */
export const putIndexTemplate: Endpoint = endpoint({
  routes: ['PUT /_index_template/{name}', 'POST /_index_template/{name}'],
  parameters: { ...timeoutParameters, create: 'boolean', cause: 'ignored' },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`index template [${name}] already exists`);
    }
    const template = parseComposableTemplate(requireJsonBody(body));
    checkComposableTemplate(engine, name, template);
    checkComposedContent(engine, name, template);
    await engine.updateMetadata(kind, new Map([[name, template]]));
    return { body: { acknowledged: true } };
  },
});
