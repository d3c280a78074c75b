import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { underType } from '../../indices/mapping-type.ts';
import { flattenSettings } from '../../indices/settings.ts';
import type { JsonObject, JsonTree } from '../../json/json.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.legacy;

/** Legacy templates; a name that is missing is 404 with an empty answer. */
export const getTemplate: Endpoint = endpoint({
  routes: ['GET /_template', 'GET /_template/{name}', 'HEAD /_template/{name}'],
  parameters: { master_timeout: 'time', flat_settings: 'boolean', local: 'ignored', include_type_name: 'boolean' },
  handle: ({ engine, parts, parameters }) => {
    const patterns = parts.name?.split(',') ?? ['*'];
    const found = [...engine.metadata(kind)].filter(([name]) =>
      patterns.some((pattern) => matchesPattern(pattern, name)),
    );
    const missing = found.length === 0 && parts.name !== undefined;
    const { flat_settings: flat, include_type_name: includeTypeName } = parameters;
    const answered = found.map(([name, template]) => [
      name,
      {
        ...template,
        settings: flat ? flattenSettings(template.settings) : template.settings,
        mappings: underType(template.mappings as JsonObject, includeTypeName),
      },
    ]);
    return { status: missing ? 404 : 200, body: Object.fromEntries(answered) as JsonTree };
  },
});
