import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { readChunks } from '../ades/read-chunks.ts';
import { retryDelayMs } from '../ades/retry-delay.ts';
import type { Transport } from '../ades/transport.ts';

/** A file to download. */
export interface RemoteFile {
  /** Behind the base URL of the ADES. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Changes with the file. */
  readonly etag: string;
}

/** Tries in a row of which none brought a byte. */
const MAX_VAIN_TRIES = 5;

/**
 * Brings a file to `target`, which is there once it is whole. What an earlier call left unfinished is gone on with, as long as the file is the
 * same; one of the right size that is there already is left as it is, and gives false.
 */
export async function downloadFile(
  ades: Transport,
  file: RemoteFile,
  target: string,
  { signal, received }: { readonly signal: AbortSignal; readonly received: (bytes: number) => void },
): Promise<boolean> {
  if ((await sizeOf(target)) === file.sizeBytes) return false;
  await mkdir(dirname(target), { recursive: true });
  const part = partOf(target, file.etag);
  let vainTries = 0;
  for (let size = await sizeOf(part); size === undefined || size < file.sizeBytes; ) {
    const before = size ?? 0;
    await receive(ades, file, part, before, received).catch(async (error: unknown) => {
      signal.throwIfAborted();
      if (!isDaybookError(error, 'unavailable') || vainTries >= MAX_VAIN_TRIES) throw error;
      await delay(retryDelayMs(vainTries + 1, null), undefined, { signal });
    });
    size = await sizeOf(part);
    vainTries = (size ?? 0) > before ? 0 : vainTries + 1;
  }
  await check(file, part);
  await rename(part, target);
  return true;
}

async function receive(
  ades: Transport,
  { path, etag }: RemoteFile,
  part: string,
  at: number,
  received: (bytes: number) => void,
): Promise<void> {
  const headers = { accept: '*/*', ...(at > 0 && { range: `bytes=${at}-`, 'if-range': etag }) };
  const response = await ades.open({ path, headers });
  const handle = await open(part, response.status === 206 ? 'a' : 'w');
  try {
    for await (const chunk of readChunks(response)) {
      await handle.appendFile(chunk);
      received(chunk.length);
    }
  } finally {
    await handle.close();
  }
}

async function check({ path, sizeBytes, etag }: RemoteFile, part: string): Promise<void> {
  const size = await sizeOf(part);
  const sha1 = /^"?sha1\$([\da-f]{40})"?$/.exec(etag)?.[1];
  if (size === sizeBytes && (sha1 === undefined || sha1 === (await sha1Of(part)))) return;
  await rm(part, { force: true });
  const reason = size === sizeBytes ? 'its checksum is another' : `it has ${size} bytes, not ${sizeBytes}`;
  throw new DaybookError('corrupt', `${path}: did not arrive whole (${reason}); download it again`);
}

async function sha1Of(path: string): Promise<string> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Beside the target, and another one for each version of the file. */
function partOf(target: string, etag: string): string {
  const version = createHash('sha256').update(etag).digest('hex').slice(0, 12);
  return join(dirname(target), `.${basename(target)}.${version}.part`);
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
