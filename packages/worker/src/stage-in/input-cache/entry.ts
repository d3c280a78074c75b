import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A version of a source, as its file has it (CACHE.md). */
export interface CacheEntry {
  readonly validator: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Of the content's file, whose bytes count only as long as it stays. */
  readonly modifiedMs: number;
}

/** Reads an entry; undefined for a file that is none. */
export async function readEntry(path: string): Promise<CacheEntry | undefined> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as Partial<CacheEntry>;
    const { validator, sha256, sizeBytes, modifiedMs } = value;
    const isEntry =
      typeof validator === 'string' &&
      typeof sha256 === 'string' &&
      /^[\da-f]{64}$/.test(sha256) &&
      typeof sizeBytes === 'number' &&
      typeof modifiedMs === 'number';
    return isEntry ? { validator, sha256, sizeBytes, modifiedMs } : undefined;
  } catch {
    return undefined;
  }
}

/** A file's name for any text. */
export function nameFor(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
