import { randomBytes } from 'node:crypto';
import type { Engine } from '@daybook/search-engine';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonObject } from '../../json/json.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { checkComposableTemplate } from '../../templates/check-composable-template.ts';
import { parseComposableTemplate } from '../../templates/parse-template.ts';
import { renderSimulation } from '../../templates/render-simulation.ts';
import { composableFor } from '../../templates/template-for.ts';
import { templateKinds } from '../../templates/template-kinds.ts';

/** What the composable template for a name says, and the templates that it overlaps. A template in the body counts as one that is there. */
export const simulateIndexTemplate: Endpoint = endpoint({
  routes: ['POST /_index_template/_simulate_index/{name}'],
  parameters: { master_timeout: 'time', include_defaults: 'ignored', create: 'ignored', cause: 'ignored' },
  handle: ({ engine, parts, body }) => {
    const templates = withSimulated(engine, parseJsonBody(body));
    const winner = composableFor(templates, parts.name ?? '');
    return winner === undefined ? { body: {} } : renderSimulation(engine, winner);
  },
});

/** The composable templates, with the one of the request. */
function withSimulated(engine: Engine, body: JsonObject | undefined): ReadonlyMap<string, JsonObject> {
  const templates = engine.metadata(templateKinds.composable);
  if (body === undefined) return templates;
  const name = `simulate_index_template_${randomBytes(16).toString('base64url').toLowerCase()}`;
  const template = parseComposableTemplate(body);
  checkComposableTemplate(engine, name, template);
  return new Map([...templates, [name, template]]);
}
