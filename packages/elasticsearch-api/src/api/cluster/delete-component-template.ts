import { illegalArgument, resourceNotFound } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.component;

/** Removes component templates that no index template uses. */
export const deleteComponentTemplate: Endpoint = endpoint({
  routes: ['DELETE /_component_template/{name}'],
  parameters: timeoutParameters,
  refusedWhereReadOnly: true,
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
    await engine.updateMetadata(kind, new Map(names.map((name) => [name, undefined])));
    return { body: { acknowledged: true } };
  },
});
