import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import type { JsonTree } from '../../json/json.ts';
import { requireJsonBody } from '../../json/parse-json.ts';
import { parseLegacyTemplate } from '../../templates/parse-template.ts';
import { templateKinds } from '../../templates/template-kinds.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

const kind = templateKinds.legacy;

export const putTemplate: Endpoint = endpoint({
  routes: ['PUT /_template/{name}', 'POST /_template/{name}'],
  parameters: {
    ...timeoutParameters,
    create: 'boolean',
    order: 'integer',
    include_type_name: 'ignored',
    cause: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body }) => {
    const name = parts.name ?? '';
    if (parameters.create && engine.metadata(kind).has(name)) {
      throw illegalArgument(`index_template [${name}] already exists`);
    }
    await engine.putMetadata(kind, name, parseLegacyTemplate(requireJsonBody(body), parameters.order));
    return { body: { acknowledged: true } };
  },
});

export const getTemplate: Endpoint = endpoint({
  routes: ['GET /_template', 'GET /_template/{name}', 'HEAD /_template/{name}'],
  parameters: { master_timeout: 'time', flat_settings: 'ignored', local: 'ignored', include_type_name: 'ignored' },
  handle: ({ engine, parts }) => {
    const patterns = parts.name?.split(',') ?? ['*'];
    const found = [...engine.metadata(kind)].filter(([name]) =>
      patterns.some((pattern) => matchesPattern(pattern, name)),
    );
    const missing = found.length === 0 && parts.name !== undefined;
    return { status: missing ? 404 : 200, body: Object.fromEntries(found) as JsonTree };
  },
});

export const deleteTemplate: Endpoint = endpoint({
  routes: ['DELETE /_template/{name}'],
  parameters: timeoutParameters,
  handle: async ({ engine, parts }) => {
    const pattern = parts.name ?? '';
    const names = [...engine.metadata(kind).keys()].filter((name) => matchesPattern(pattern, name));
    if (names.length === 0) throw templateMissing(pattern);
    for (const name of names) await engine.putMetadata(kind, name, undefined);
    return { body: { acknowledged: true } };
  },
});

export function templateMissing(name: string): DaybookError {
  return new DaybookError('not-found', `index_template [${name}] missing`, {
    detail: { reason: 'index_template_missing_exception' },
  });
}
