import { templateMissing } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.legacy;

/** Removes legacy templates by name or pattern. */
export const deleteTemplate: Endpoint = endpoint({
  routes: ['DELETE /_template/{name}'],
  parameters: timeoutParameters,
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts }) => {
    const pattern = parts.name ?? '';
    const names = [...engine.metadata(kind).keys()].filter((name) => matchesPattern(pattern, name));
    if (names.length === 0) throw templateMissing(pattern);
    await engine.updateMetadata(kind, new Map(names.map((name) => [name, undefined])));
    return { body: { acknowledged: true } };
  },
});
