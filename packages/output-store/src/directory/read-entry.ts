import { createReadStream } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import type { EntryPage, ListedEntry, StoredDirectory } from '../output-store.ts';
import { isMissing, storeError } from '../store-error.ts';
import type { StoredFile } from '../stored-file.ts';

/** The stored file or directory at an absolute path below `root`, or undefined. */
export async function readEntry(root: string, path: string): Promise<StoredFile | StoredDirectory | undefined> {
  try {
    if ((await realpath(path)) !== path) {
      throw new DaybookError('forbidden', `A symbolic link stands in the way to ${path.slice(root.length + 1)}`);
    }
    const stats = await lstat(path);
    const name = basename(path);
    if (stats.isDirectory()) {
      return { kind: 'directory', name, modifiedTime: stats.mtime };
    }
    if (!stats.isFile()) {
      return undefined;
    }
    return {
      kind: 'file',
      name,
      sizeBytes: stats.size,
      modifiedTime: stats.mtime,
      read: (range) => createReadStream(path, range),
    };
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw storeError('read an output', error);
  }
}

/** A page of the directory at `path`, which exists. Its memory grows with the number of names, its work with the page. */
export async function listEntries(path: string, limit: number, after: string | undefined): Promise<EntryPage> {
  const names = (await readdir(path)).sort();
  const rest = after === undefined ? names : names.filter((name) => name > after);
  const entries: ListedEntry[] = [];
  for (const name of rest.slice(0, limit)) {
    const stats = await lstat(join(path, name));
    if (stats.isDirectory()) {
      entries.push({ kind: 'directory', name });
    } else if (stats.isFile()) {
      entries.push({ kind: 'file', name, sizeBytes: stats.size });
    }
  }
  return rest.length > limit ? { entries, nextAfter: rest[limit - 1]! } : { entries };
}
