import { DaybookError } from '@daybook/errors';
import { type BulkItem, bulkBodies, bulkItems } from './bulk.ts';
import type { CallOptions, ElasticsearchClient, StoredDocument } from './client.ts';
import { memberOf } from './status-error.ts';
import type { Transport } from './transport.ts';

/** Below the smallest limit on a request's body that the engines have by default. */
const MAX_BULK_BYTES = 8 * 1024 * 1024;

/** Most ids of one `_mget`. */
const MAX_MGET_IDS = 1000;

type DocumentCalls = Pick<ElasticsearchClient, 'index' | 'get' | 'mget' | 'delete' | 'bulk'>;

/** The calls on documents by id. */
export function documentCalls(transport: Transport): DocumentCalls {
  return {
    async index(index, id, source, { refresh, create, ifUnchanged, ...options } = {}) {
      await transport.send({
        ...options,
        method: 'PUT',
        path: `/${encodeURIComponent(index)}/${create ? '_create' : '_doc'}/${encodeURIComponent(id)}`,
        query: { refresh, if_seq_no: ifUnchanged?.seqNo, if_primary_term: ifUnchanged?.primaryTerm },
        body: { json: source },
        idempotent: !create && ifUnchanged === undefined,
      });
    },

    async get<T>(index: string, id: string, { sourceExcludes, ...options }: Parameters<DocumentCalls['get']>[2] = {}) {
      const answer = await transport.send({
        ...options,
        method: 'GET',
        path: `/${encodeURIComponent(index)}/_doc/${encodeURIComponent(id)}`,
        query: { _source_excludes: sourceExcludes?.join(',') },
        idempotent: true,
        expected: [404],
      });
      return storedDocument<T>(answer.body);
    },

    async mget<T>(
      index: string,
      ids: readonly string[],
      { sourceExcludes, ...options }: Parameters<DocumentCalls['mget']>[2] = {},
    ) {
      const found: (StoredDocument<T> | undefined)[] = [];
      for (let start = 0; start < ids.length; start += MAX_MGET_IDS) {
        const page = ids.slice(start, start + MAX_MGET_IDS);
        const answer = await transport.send({
          ...options,
          method: 'POST',
          path: `/${encodeURIComponent(index)}/_mget`,
          query: { _source_excludes: sourceExcludes?.join(',') },
          body: { json: { ids: page } },
          idempotent: true,
        });
        const docs = memberOf(answer.body, 'docs');
        if (!Array.isArray(docs) || docs.length !== page.length)
          throw new DaybookError('corrupt', `A read of ${page.length} ids was answered without a document for each`);
        found.push(...docs.map((doc) => storedDocument<T>(doc)));
      }
      return found;
    },

    async delete(index, id, { refresh, ...options } = {}) {
      const answer = await transport.send({
        ...options,
        method: 'DELETE',
        path: `/${encodeURIComponent(index)}/_doc/${encodeURIComponent(id)}`,
        query: { refresh },
        idempotent: true,
        expected: [404],
      });
      return answer.status !== 404;
    },

    async bulk(operations, { refresh, ...options } = {}) {
      const outcomes: BulkItem[] = [];
      for (const body of bulkBodies(operations, MAX_BULK_BYTES)) {
        outcomes.push(...(await sendBulk(transport, body.ndjson, body.operations, refresh, options)));
      }
      return outcomes;
    },
  };
}

/** A request of which the fate is unknown, or that was refused as a whole, gives its operations the outcome. */
async function sendBulk(
  transport: Transport,
  ndjson: string,
  operations: number,
  refresh: boolean | 'wait_for' | undefined,
  options: CallOptions,
): Promise<readonly BulkItem[]> {
  const answer = await transport.send({
    ...options,
    method: 'POST',
    path: '/_bulk',
    query: { refresh },
    body: { ndjson },
    idempotent: false,
    expected: [413],
  });
  if (answer.status === 413) {
    const error = { type: 'content_too_long', reason: 'the document is longer than the database accepts' };
    return Array.from({ length: operations }, () => ({ status: 413, error }));
  }
  return bulkItems(answer.body, operations);
}

/** The document in an answer; undefined where it says that there is none. An item's own error is thrown. */
function storedDocument<T>(answer: unknown): StoredDocument<T> | undefined {
  const error = memberOf(answer, 'error');
  if (error !== undefined) {
    const type = memberOf(error, 'type');
    const missing = type === 'index_not_found_exception';
    throw new DaybookError(missing ? 'not-found' : 'unavailable', `${type}: ${memberOf(error, 'reason')}`);
  }
  if (memberOf(answer, 'found') !== true) return undefined;
  return {
    id: memberOf(answer, '_id') as string,
    source: memberOf(answer, '_source') as T,
    seqNo: memberOf(answer, '_seq_no') as number,
    primaryTerm: memberOf(answer, '_primary_term') as number,
  };
}
