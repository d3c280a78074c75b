import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeFileAtomically } from '@daybook/durable-log';
import { removeTree } from '@daybook/output-store';
import type { WorkerLog } from '../../options.ts';
import { describeError } from '../../retry.ts';
import { type CacheEntry, nameFor, readEntry } from './entry.ts';
import { contentPath, EntryTable } from './entry-table.ts';
import type { CacheShare, FetchedFile, InputCache } from './input-cache.ts';
import { shareFile, syncFile } from './share-file.ts';

/** What a cache works with. */
export interface InputCacheOptions {
  /** Of this process alone. */
  readonly directory: string;
  /** Of all contents together; the least recently used ones make room. */
  readonly maxBytes: number;
  readonly log: WorkerLog;
}

const ENTRY = '.json';
const MAX_ENTRIES = 100_000;

/** Opens the cache in `directory`, and deletes what a killed worker has left half-done there. Without room (`maxBytes` 0) there is none. */
export async function openInputCache({ directory, maxBytes, log }: InputCacheOptions): Promise<InputCache | undefined> {
  if (maxBytes === 0) {
    await removeTree(directory);
    return undefined;
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const entries = await readEntries(directory);
  /** Changes come one after the other; files are handed out meanwhile. */
  let changes: Promise<void> = Promise.resolve();
  const change = (action: () => Promise<void>): Promise<void> => {
    changes = changes.then(action).catch((error: unknown) => {
      log('warn', `A fetched input could not be kept: ${describeError(error)}`);
    });
    return changes;
  };

  const forget = async (path: string): Promise<void> => {
    const entry = entries.get(path);
    entries.delete(path);
    await rm(path, { force: true });
    if (entry !== undefined && entries.withContent(contentPath(path, entry)) === undefined) {
      await rm(contentPath(path, entry), { force: true });
    }
  };
  const makeRoom = async (): Promise<void> => {
    while (entries.bytes > maxBytes || entries.size > MAX_ENTRIES) {
      await forget(entries.leastRecentlyUsed!);
    }
  };
  const keep = async (path: string, { path: source, validator, sha256 }: FetchedFile): Promise<void> => {
    await forget(path);
    const { size: sizeBytes } = await stat(source);
    if (sizeBytes > maxBytes) {
      return;
    }
    const content = contentPath(path, { sha256 });
    const known = entries.withContent(content);
    if (known === undefined || !(await isWhole(content, known))) {
      await mkdir(dirname(content), { recursive: true, mode: 0o700 });
      await rm(content, { force: true });
      await shareFile(source, content);
      await syncFile(content);
    }
    const entry = { validator, sha256, sizeBytes, modifiedMs: (await stat(content)).mtimeMs };
    await writeFileAtomically(path, JSON.stringify(entry));
    entries.set(path, entry);
    await makeRoom();
  };
  const take = async (path: string, validator: string, target: string): Promise<boolean> => {
    const entry = entries.get(path);
    if (entry?.validator !== validator || !(await isWhole(contentPath(path, entry), entry))) {
      return false;
    }
    await shareFile(contentPath(path, entry), target);
    if (entries.get(path) === entry) {
      entries.set(path, entry);
      const now = new Date();
      await utimes(path, now, now);
    }
    return true;
  };

  await makeRoom();
  return {
    shareOf(user): CacheShare {
      const pathOf = (key: string): string => join(directory, nameFor(user), `${nameFor(key)}${ENTRY}`);
      return {
        validatorOf: (key) => entries.get(pathOf(key))?.validator,
        async take(key, validator, target) {
          const path = pathOf(key);
          const isTaken = await take(path, validator, target).catch((error: unknown) => {
            log('warn', `A kept input could not be used: ${describeError(error)}`);
            return false;
          });
          if (!isTaken) {
            await change(() => forget(path));
          }
          return isTaken;
        },
        keep: (key, file) => change(() => keep(pathOf(key), file)),
      };
    },
  };
}

/** A job that wrote into a file that it shares has changed its time. */
async function isWhole(content: string, entry: CacheEntry): Promise<boolean> {
  const stats = await stat(content).catch(() => undefined);
  return stats?.isFile() === true && stats.size === entry.sizeBytes && stats.mtimeMs === entry.modifiedMs;
}

/** Deletes all that is neither an entry with its content nor the content of one. */
async function readEntries(directory: string): Promise<EntryTable> {
  const found: { path: string; entry: CacheEntry; usedMs: number }[] = [];
  for (const owner of await readdir(directory)) {
    const folder = join(directory, owner);
    const names = await readdir(folder);
    const contents = new Set<string>();
    for (const name of names.filter((each) => each.endsWith(ENTRY))) {
      const path = join(folder, name);
      const entry = await readEntry(path);
      if (entry !== undefined && (await isWhole(contentPath(path, entry), entry))) {
        found.push({ path, entry, usedMs: (await stat(path)).mtimeMs });
        contents.add(name).add(entry.sha256);
      }
    }
    for (const name of names.filter((each) => !contents.has(each))) {
      await removeTree(join(folder, name));
    }
  }
  found.sort((a, b) => a.usedMs - b.usedMs);
  const entries = new EntryTable();
  for (const { path, entry } of found) {
    entries.set(path, entry);
  }
  return entries;
}
