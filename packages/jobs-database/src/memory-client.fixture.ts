import type {
  BulkItem,
  BulkOperation,
  ElasticsearchClient,
  Source,
  StoredDocument,
} from '@daybook/elasticsearch-client';
import { DaybookError } from '@daybook/errors';

/** A database in memory behind the calls by which jobs are written, with faults on demand. */
export interface MemoryDatabase {
  readonly client: ElasticsearchClient;
  /** `index/id` → document. */
  readonly documents: Map<string, StoredDocument>;
  /** Operations that were asked for so far, refused ones too. */
  operations: number;
  /** What an operation is answered instead of being done; undefined: it is done. */
  refuse: (operation: BulkOperation) => BulkItem | undefined;
  /** Called before each request; may throw, and may write in between as another would. */
  before: (call: 'mget' | 'get' | 'bulk' | 'index') => void;
  /** Called after a request was done and before it is answered; may throw. */
  after: (call: 'bulk' | 'index') => void;
}

const CONFLICT: BulkItem = { status: 409, error: { type: 'version_conflict_engine_exception', reason: 'conflict' } };

/** An empty database without faults. */
export function memoryDatabase(): MemoryDatabase {
  const documents = new Map<string, StoredDocument>();
  let seqNo = 0;
  const perform = (operation: BulkOperation): BulkItem => {
    memory.operations++;
    const refused = memory.refuse(operation);
    if (refused !== undefined) return refused;
    const key = `${operation.index}/${operation.id}`;
    const existing = documents.get(key);
    if (operation.action === 'create' && existing !== undefined) return CONFLICT;
    if (operation.ifUnchanged !== undefined && operation.ifUnchanged.seqNo !== existing?.seqNo) return CONFLICT;
    const source = JSON.parse(JSON.stringify(operation.source)) as Source;
    documents.set(key, { id: operation.id, source, seqNo: seqNo++, primaryTerm: 1 });
    return { status: existing === undefined ? 201 : 200 };
  };
  const client: Pick<ElasticsearchClient, 'get' | 'mget' | 'bulk' | 'index'> = {
    async get<T>(index: string, id: string) {
      memory.before('get');
      return structuredClone(documents.get(`${index}/${id}`)) as StoredDocument<T> | undefined;
    },
    async mget<T>(index: string, ids: readonly string[]) {
      memory.before('mget');
      return ids.map((id) => structuredClone(documents.get(`${index}/${id}`)) as StoredDocument<T> | undefined);
    },
    async bulk(operations) {
      memory.before('bulk');
      const items = operations.map(perform);
      memory.after('bulk');
      return items;
    },
    async index(index, id, source, { ifUnchanged, create } = {}) {
      memory.before('index');
      const item = perform({
        action: create ? 'create' : 'index',
        index,
        id,
        source,
        ...(ifUnchanged === undefined ? {} : { ifUnchanged }),
      });
      if (item.status === 409) throw new DaybookError('conflict', 'conflict');
      memory.after('index');
    },
  };
  const memory: MemoryDatabase = {
    client: client as ElasticsearchClient,
    documents,
    operations: 0,
    refuse: () => undefined,
    before: () => undefined,
    after: () => undefined,
  };
  return memory;
}
