import type { ElasticsearchClient } from './client.ts';
import type { Source } from './source.ts';
import { describeError, memberOf, statusError } from './status-error.ts';
import type { Transport } from './transport.ts';

type IndexCalls = Pick<
  ElasticsearchClient,
  | 'ping'
  | 'waitForIndices'
  | 'putIndexTemplate'
  | 'getIndexTemplate'
  | 'createIndex'
  | 'deleteIndex'
  | 'getMapping'
  | 'putMapping'
>;

/** How much longer than the server is asked to wait the client does. */
const ANSWER_MARGIN_MS = 5_000;

/** The calls on indices, their templates and the server itself. */
export function indexCalls(transport: Transport): IndexCalls {
  return {
    async ping(options = {}) {
      try {
        const { body } = await transport.send({ ...options, method: 'GET', path: '/', idempotent: true });
        return memberOf(memberOf(body, 'version'), 'number') !== undefined;
      } catch {
        return false;
      }
    },

    async waitForIndices(indices, waitMs, options = {}) {
      const { status, body } = await transport.send({
        timeoutMs: waitMs + ANSWER_MARGIN_MS,
        ...options,
        method: 'GET',
        path: `/_cluster/health/${indices.map(encodeURIComponent).join(',')}`,
        query: { wait_for_status: 'yellow', timeout: `${waitMs}ms` },
        idempotent: true,
        expected: [404, 408],
      });
      return status === 200 && memberOf(body, 'timed_out') !== true;
    },

    async putIndexTemplate(name, template, options = {}) {
      await transport.send({
        ...options,
        method: 'PUT',
        path: `/_index_template/${encodeURIComponent(name)}`,
        body: { json: template },
        idempotent: true,
      });
    },

    async getIndexTemplate(name, options = {}) {
      const { status, body } = await transport.send({
        ...options,
        method: 'GET',
        path: `/_index_template/${encodeURIComponent(name)}`,
        idempotent: true,
        expected: [404],
      });
      if (status === 404) return undefined;
      const found = memberOf(body, 'index_templates');
      return Array.isArray(found) ? (memberOf(found[0], 'index_template') as Source | undefined) : undefined;
    },

    async createIndex(index, body, options = {}) {
      const request = { method: 'PUT', path: `/${encodeURIComponent(index)}` } as const;
      const answer = await transport.send({
        ...options,
        ...request,
        ...(body === undefined ? {} : { body: { json: body } }),
        idempotent: true,
        expected: [400],
      });
      if (answer.status !== 400) return true;
      if (describeError(answer.body).type === 'resource_already_exists_exception') return false;
      throw statusError(request, answer.status, answer.body);
    },

    async deleteIndex(index, options = {}) {
      const answer = await transport.send({
        ...options,
        method: 'DELETE',
        path: `/${encodeURIComponent(index)}`,
        idempotent: true,
        expected: [404],
      });
      return answer.status !== 404;
    },

    async getMapping(index, options = {}) {
      const { status, body } = await transport.send({
        ...options,
        method: 'GET',
        path: `/${encodeURIComponent(index)}/_mapping`,
        idempotent: true,
        expected: [404],
      });
      return status === 404 ? undefined : (memberOf(memberOf(body, index), 'mappings') as Source | undefined);
    },

    async putMapping(index, mapping, options = {}) {
      await transport.send({
        ...options,
        method: 'PUT',
        path: `/${encodeURIComponent(index)}/_mapping`,
        body: { json: mapping },
        idempotent: true,
      });
    },
  };
}
