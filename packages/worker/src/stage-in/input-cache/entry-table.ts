import { dirname, join } from 'node:path';
import type { CacheEntry } from './entry.ts';

/** A content, and how many entries have it. */
interface Content {
  readonly entry: CacheEntry;
  readonly references: number;
}

/** The entries of a cache by the paths of their files, the least recently used first, and the contents that they share. */
export class EntryTable {
  readonly #entries = new Map<string, CacheEntry>();
  readonly #contents = new Map<string, Content>();
  #bytes = 0;

  /** Of all contents, each once. */
  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get leastRecentlyUsed(): string | undefined {
    return this.#entries.keys().next().value;
  }

  get(path: string): CacheEntry | undefined {
    return this.#entries.get(path);
  }

  /** An entry that has the content at a path. */
  withContent(content: string): CacheEntry | undefined {
    return this.#contents.get(content)?.entry;
  }

  /** Sets an entry, which becomes the most recently used one. */
  set(path: string, entry: CacheEntry): void {
    this.delete(path);
    this.#entries.set(path, entry);
    const content = contentPath(path, entry);
    const references = this.#contents.get(content)?.references ?? 0;
    this.#contents.set(content, { entry, references: references + 1 });
    if (references === 0) this.#bytes += entry.sizeBytes;
  }

  delete(path: string): void {
    const entry = this.#entries.get(path);
    if (entry === undefined) return;
    this.#entries.delete(path);
    const content = contentPath(path, entry);
    const references = (this.#contents.get(content)?.references ?? 1) - 1;
    if (references > 0) {
      this.#contents.set(content, { entry, references });
    } else {
      this.#contents.delete(content);
      this.#bytes -= entry.sizeBytes;
    }
  }
}

/** Where the content of the entry at `path` lies. */
export function contentPath(path: string, { sha256 }: Pick<CacheEntry, 'sha256'>): string {
  return join(dirname(path), sha256);
}
