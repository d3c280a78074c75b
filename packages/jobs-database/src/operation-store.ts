import { backOff, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { isDaybookError } from '@daybook/errors';
import type { CallOptions } from './call-options.ts';
import { OPERATIONS_INDEX } from './indices.ts';
import type { Page, PageRequest } from './page.ts';
import { resolvePage } from './page.ts';

/** An operation on many jobs. All members are stored; `id`, `action`, `status` (keywords) and `created` (date) are indexed. */
export interface OperationDocument {
  readonly id: string;
  readonly status: string;
  readonly created: string;
  readonly [member: string]: unknown;
}

/** Operations on many jobs, and beside each the ids of its jobs in pages, numbered from 0. */
export interface OperationStore {
  /** Stores an operation that is new, and makes it visible in lists. */
  create(operation: OperationDocument, options?: CallOptions): Promise<void>;
  get(id: string, options?: CallOptions): Promise<OperationDocument | undefined>;
  /**
   * Replaces an operation by what `change` makes of it as it stands, which is asked again where another writer was faster. Gives what stands then; undefined where there
   * is no such operation, or `change` gave undefined and nothing was written.
   */
  change<T extends OperationDocument>(
    id: string,
    change: (stored: T) => T | undefined,
    options?: CallOptions,
  ): Promise<T | undefined>;
  delete(id: string, options?: CallOptions): Promise<void>;
  /** Those of any of these statuses, the newest first; a new status selects within the refresh interval. */
  list(statuses: readonly string[], page?: PageRequest, options?: CallOptions): Promise<Page<OperationDocument>>;
  putIds(id: string, page: number, ids: readonly string[], options?: CallOptions): Promise<void>;
  /** Undefined where there is no such page. */
  getIds(id: string, page: number, options?: CallOptions): Promise<readonly string[] | undefined>;
  /** Deletes all pages of an operation. */
  deleteIds(id: string, options?: CallOptions): Promise<void>;
}

const MAX_TRIES = 20;

/** See {@link OperationStore}. */
export function operationStore(client: ElasticsearchClient): OperationStore {
  return {
    create: (operation, options) =>
      client.index(OPERATIONS_INDEX, operation.id, operation, { ...options, create: true, refresh: true }),
    async get(id, options) {
      return (await client.get<OperationDocument>(OPERATIONS_INDEX, id, options))?.source;
    },
    change: (id, change, options) => changeOperation(client, id, change, options),
    async delete(id, options) {
      await client.delete(OPERATIONS_INDEX, id, { ...options, refresh: true });
    },
    list: (statuses, page, options) => listOperations(client, statuses, page, options),
    putIds: (id, page, ids, options) => client.index(OPERATIONS_INDEX, pageId(id, page), { ids }, options),
    async getIds(id, page, options) {
      const stored = await client.get<{ readonly ids: readonly string[] }>(OPERATIONS_INDEX, pageId(id, page), options);
      return stored?.source.ids;
    },
    async deleteIds(id, options) {
      // Pages are written in order: the first that is missing is behind the last.
      for (let page = 0; await client.delete(OPERATIONS_INDEX, pageId(id, page), { ...options }); page += 1);
    },
  };
}

function pageId(id: string, page: number): string {
  return `${id}.${page}`;
}

async function changeOperation<T extends OperationDocument>(
  client: ElasticsearchClient,
  id: string,
  change: (stored: T) => T | undefined,
  options: CallOptions = {},
): Promise<T | undefined> {
  for (let tried = 1; ; tried++) {
    const stored = await client.get<T>(OPERATIONS_INDEX, id, options);
    const changed = stored === undefined ? undefined : change(stored.source);
    if (stored === undefined || changed === undefined) return undefined;
    try {
      await client.index(OPERATIONS_INDEX, id, changed, { ...options, ifUnchanged: stored });
      return changed;
    } catch (error) {
      if (!isDaybookError(error, 'conflict') || tried === MAX_TRIES) throw error;
    }
    await backOff(Math.min(tried, 3), options.signal);
  }
}

async function listOperations(
  client: ElasticsearchClient,
  statuses: readonly string[],
  page: PageRequest = {},
  options: CallOptions = {},
): Promise<Page<OperationDocument>> {
  const found = await client.search(
    OPERATIONS_INDEX,
    {
      query: { terms: { status: statuses } },
      sort: [{ created: { order: 'desc' } }, { id: { order: 'desc' } }],
      ...resolvePage(page, 10),
      _source: false,
      track_total_hits: true,
    },
    options,
  );
  const ids = found.hits.map(({ id }) => id);
  const stored = await client.mget<OperationDocument>(OPERATIONS_INDEX, ids, options);
  return { items: stored.flatMap((each) => (each === undefined ? [] : [each.source])), total: found.total };
}
