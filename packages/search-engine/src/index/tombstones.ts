const KEPT_MS = 60_000;
const MAX_KEPT = 10_000;

/**
 * Versions of documents that were deleted within the last minute, so that a document that comes back under the same id goes on
 * counting, as Elasticsearch's does for `index.gc_deletes`. Lost at a restart.
 */
export class Tombstones {
  readonly #deleted: Map<string, { version: number; atMs: number }> = new Map();

  add(id: string, version: number, nowMs: number): void {
    this.#deleted.delete(id);
    this.#deleted.set(id, { version, atMs: nowMs });
    for (const [oldest, { atMs }] of this.#deleted) {
      if (this.#deleted.size <= MAX_KEPT && nowMs - atMs < KEPT_MS) break;
      this.#deleted.delete(oldest);
    }
  }

  /** The version of the deletion, if it was lately. */
  version(id: string, nowMs: number): number | undefined {
    const found = this.#deleted.get(id);
    return found !== undefined && nowMs - found.atMs < KEPT_MS ? found.version : undefined;
  }

  remove(id: string): void {
    this.#deleted.delete(id);
  }
}
