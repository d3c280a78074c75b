import { randomBytes } from 'node:crypto';
import type { Engine } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { checkComposableTemplate } from '../../templates/check-composable-template.ts';
import type { NamedTemplate } from '../../templates/overlapping-templates.ts';
import { parseComposableTemplate } from '../../templates/parse-template.ts';
import { renderSimulation } from '../../templates/render-simulation.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

/** What a composable template says with its components, the one of the body or the one that has the name, and the templates that it overlaps. */
export const simulateTemplate: Endpoint = endpoint({
  routes: ['POST /_index_template/_simulate', 'POST /_index_template/_simulate/{name}'],
  parameters: { master_timeout: 'time', create: 'boolean', cause: 'ignored' },
  handle: ({ engine, parts, parameters, body }) =>
    renderSimulation(engine, simulated(engine, parts.name, body, parameters.create ?? false)),
});

function simulated(engine: Engine, name: string | undefined, body: Uint8Array, mustBeNew: boolean): NamedTemplate {
  const json = parseJsonBody(body);
  const stored = name === undefined ? undefined : engine.metadata(templateKinds.composable).get(name);
  if (json === undefined) {
    if (name === undefined) {
      throw validationFailed('either index name or index template body must be specified for simulation');
    }
    if (stored === undefined) throw illegalArgument(`unable to simulate template [${name}] that does not exist`);
    return { name, template: stored };
  }
  if (mustBeNew && stored !== undefined) throw illegalArgument(`index template [${name}] already exists`);
  const template = parseComposableTemplate(json);
  const called = name ?? `simulate_template_${randomBytes(16).toString('base64url').toLowerCase()}`;
  checkComposableTemplate(engine, called, template);
  return { name: called, template };
}
