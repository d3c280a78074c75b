import { DaybookError } from '@daybook/errors';
import type { Engine } from '@daybook/search-engine';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import type { JsonObject } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { parseComposableTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { patternsOverlap } from '../../wildcards/patterns-overlap.ts';

const kind = templateKinds.composable;

/** Puts a composable template. */
export const putIndexTemplate: Endpoint = endpoint({
  routes: ['PUT /_index_template/{name}', 'POST /_index_template/{name}'],
  parameters: { ...timeoutParameters, create: 'boolean', cause: 'ignored' },
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`index template [${name}] already exists`);
    }
    const template = parseComposableTemplate(requireJsonBody(body));
    checkComponents(engine, name, template);
    checkOverlaps(engine, name, template);
    await engine.putMetadata(kind, name, template);
    return { body: { acknowledged: true } };
  },
});

function checkComponents(engine: Engine, name: string, template: JsonObject): void {
  const components = engine.metadata(templateKinds.component);
  const missing = (template.composed_of as readonly string[]).filter((component) => !components.has(component));
  if (missing.length === 0) return;
  const cause = `index template [${name}] specifies component templates [${missing.join(', ')}] that do not exist`;
  throw new DaybookError('invalid-argument', `index_template [${name}] invalid, cause [${cause}]`, {
    detail: { reason: 'invalid_index_template_exception' },
  });
}

/** Two templates of one priority must not match the same name: which of them counts would be chance. */
function checkOverlaps(engine: Engine, name: string, template: JsonObject): void {
  const priority = Number(template.priority ?? 0);
  const patterns = template.index_patterns as readonly string[];
  for (const [other, existing] of engine.metadata(kind)) {
    if (other === name || Number(existing.priority ?? 0) !== priority) continue;
    const theirs = existing.index_patterns as readonly string[];
    if (!patterns.some((pattern) => theirs.some((their) => patternsOverlap(pattern, their)))) continue;
    throw illegalArgument(
      `index template [${name}] has index patterns [${patterns.join(', ')}] matching patterns from existing templates ` +
        `[${other}] with patterns (${other} => [${theirs.join(', ')}]) that have the same priority [${priority}], multiple ` +
        'index templates may not match during index creation, please use a different priority',
    );
  }
}
