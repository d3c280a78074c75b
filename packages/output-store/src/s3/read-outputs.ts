import { Readable } from 'node:stream';
import { parsePath } from '../names.ts';
import type { EntryPage, ListedEntry, StoredDirectory } from '../output-store.ts';
import type { StoredFile } from '../stored-file.ts';
import { type AttemptId, readEnd } from './attempt-end.ts';
import type { StoreKeys } from './keys.ts';
import type { StoreBucket } from './store-bucket.ts';

/** Behind every key that begins with what is before it. */
const LAST_CHARACTER = '\u{10FFFF}';
const MAX_KEYS = 1000;

/** The published file or directory at a path, or undefined. */
export async function openOutput(
  bucket: StoreBucket,
  keys: StoreKeys,
  id: AttemptId,
  path: string,
): Promise<StoredFile | StoredDirectory | undefined> {
  const name = parsePath(path).at(-1) ?? String(id.attempt);
  const key = `${keys.outputs(id.jobId, id.attempt)}${path}`;
  const [end, head] = await Promise.all([readEnd(bucket, keys, id), path === '' ? undefined : bucket.head(key)]);
  if (end?.state !== 'published') return undefined;
  if (head !== undefined)
    return { kind: 'file', name, ...head, read: (range) => lazily(() => bucket.read(key, range)) };
  const isDirectory = path === '' || (await bucket.page({ prefix: `${key}/`, maxKeys: 1 })).objects.length > 0;
  return isDirectory ? { kind: 'directory', name, modifiedTime: new Date(end.time) } : undefined;
}

/** A page of the published directory at a path, or undefined. A directory's name sorts as if it ended with a slash. */
export async function listOutputs(
  bucket: StoreBucket,
  keys: StoreKeys,
  id: AttemptId,
  path: string,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<EntryPage | undefined> {
  parsePath(path);
  if ((await readEnd(bucket, keys, id))?.state !== 'published') return undefined;
  const prefix = `${keys.outputs(id.jobId, id.attempt)}${path === '' ? '' : `${path}/`}`;
  const request = {
    prefix,
    delimiter: '/',
    // One more says whether there is another page; the object that stands for an empty directory is none of its entries.
    maxKeys: Math.min(MAX_KEYS, limit + 2),
    ...(after !== undefined && { startAfter: `${prefix}${after}${after.endsWith('/') ? LAST_CHARACTER : ''}` }),
  };
  const entries: ListedEntry[] = [];
  let isThere = path === '' || after !== undefined;
  for await (const { objects, prefixes } of bucket.pages(request)) {
    isThere ||= objects.length + prefixes.length > 0;
    entries.push(...sortedEntries(prefix, objects, prefixes));
    if (entries.length > limit) break;
  }
  if (!isThere) return undefined;
  const last = entries[limit - 1];
  return entries.length > limit && last !== undefined
    ? { entries: entries.slice(0, limit), nextAfter: last.kind === 'directory' ? `${last.name}/` : last.name }
    : { entries };
}

function sortedEntries(
  prefix: string,
  objects: readonly { readonly key: string; readonly sizeBytes: number }[],
  prefixes: readonly string[],
): readonly ListedEntry[] {
  const found: { key: string; entry: ListedEntry }[] = [
    ...objects
      .filter(({ key }) => key !== prefix)
      .map(({ key, sizeBytes }) => ({
        key,
        entry: { kind: 'file', name: key.slice(prefix.length), sizeBytes } as const,
      })),
    ...prefixes.map((key) => ({ key, entry: { kind: 'directory', name: key.slice(prefix.length, -1) } as const })),
  ];
  return found.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))).map(({ entry }) => entry);
}

/** A stream that is asked for when it is first read. */
export function lazily(open: () => Promise<AsyncIterable<Uint8Array>>): Readable {
  return Readable.from(
    (async function* () {
      yield* await open();
    })(),
    { objectMode: false },
  );
}
