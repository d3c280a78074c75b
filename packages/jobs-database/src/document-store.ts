import type { ElasticsearchClient, Source } from '@daybook/elasticsearch-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { CallOptions } from './call-options.ts';
import { PROCESSES_INDEX, WORKERS_INDEX } from './indices.ts';
import type { ProcessDocument, ProcessStore, WorkerDocument, WorkerStore } from './jobs-database.ts';
import type { Page, PageRequest } from './page.ts';
import { resolvePage } from './page.ts';
import { readTogether } from './read-together.ts';

/** The deployed processes; a write shows in lists before it is answered. */
export function processStore(client: ElasticsearchClient): ProcessStore {
  const read = readTogether<ProcessDocument>(client, PROCESSES_INDEX);
  return {
    async put(process, { create = false, ...options } = {}) {
      try {
        await client.index(PROCESSES_INDEX, process.id, process, { ...options, create, refresh: true });
      } catch (cause) {
        if (!isDaybookError(cause, 'conflict')) throw cause;
        throw new DaybookError('already-exists', `There is a process ${process.id} already`, { cause });
      }
    },
    async get(id, options) {
      const stored =
        options === undefined ? await read(id) : await client.get<ProcessDocument>(PROCESSES_INDEX, id, options);
      return stored?.source;
    },
    delete: (id, options) => client.delete(PROCESSES_INDEX, id, { ...options, refresh: true }),
    async newest(processId, options) {
      const search = {
        query: { term: { 'process-id': processId } },
        sort: [{ 'deploy-time': { order: 'desc' } }, { id: { order: 'desc' } }],
        size: 1,
      };
      return (await client.search<ProcessDocument>(PROCESSES_INDEX, search, options)).hits[0]?.source;
    },
    list: (page, options) => list<ProcessDocument>(client, PROCESSES_INDEX, page, options),
  };
}

/** The workers; each writes its own document now and then, so a write waits for no refresh. */
export function workerStore(client: ElasticsearchClient): WorkerStore {
  return {
    put: (worker, options) => client.index(WORKERS_INDEX, worker.id, worker, options),
    delete: (id, options) => client.delete(WORKERS_INDEX, id, { ...options }),
    list: (page, options) => list<WorkerDocument>(client, WORKERS_INDEX, page, options),
  };
}

async function list<T extends Source>(
  client: ElasticsearchClient,
  index: string,
  page: PageRequest = {},
  options: CallOptions = {},
): Promise<Page<T>> {
  const found = await client.search<T>(
    index,
    { query: { match_all: {} }, sort: [{ id: { order: 'asc' } }], ...resolvePage(page, 100), track_total_hits: true },
    options,
  );
  return { items: found.hits.map((hit) => hit.source!), total: found.total };
}
