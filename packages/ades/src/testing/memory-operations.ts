import type { OperationDocument, OperationStore } from '@daybook/jobs-database';

/** Operations in memory; `reach` throws while the database is away. */
export function createMemoryOperations(reach: () => void): OperationStore {
  const operations = new Map<string, OperationDocument>();
  const pages = new Map<string, readonly string[]>();
  return {
    async create(operation) {
      reach();
      operations.set(operation.id, operation);
    },
    async get(id) {
      reach();
      return operations.get(id);
    },
    async change<T extends OperationDocument>(id: string, change: (stored: T) => T | undefined) {
      reach();
      const stored = operations.get(id) as T | undefined;
      const changed = stored === undefined ? undefined : change(stored);
      if (changed !== undefined) operations.set(id, changed);
      return changed;
    },
    async delete(id) {
      operations.delete(id);
    },
    async list(statuses, { from = 0, size = 10 } = {}) {
      reach();
      const items = [...operations.values()].filter(({ status }) => statuses.includes(status)).reverse();
      return { items: items.slice(from, from + size), total: items.length };
    },
    async putIds(id, page, ids) {
      pages.set(`${id}.${page}`, ids);
    },
    async getIds(id, page) {
      reach();
      return pages.get(`${id}.${page}`);
    },
    async deleteIds(id) {
      for (let page = 0; pages.delete(`${id}.${page}`); page += 1);
    },
  };
}
