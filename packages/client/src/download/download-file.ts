import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DaybookError } from '@daybook/errors';
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
  for (let at = (await sizeOf(part)) ?? 0; at < file.sizeBytes || at === 0; ) {
    await receive(ades, file, part, at, { signal, received }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (!isBrokenConnection(error) || vainTries >= MAX_VAIN_TRIES) throw error;
    });
    const now = (await sizeOf(part)) ?? 0;
    vainTries = now > at ? 0 : vainTries + 1;
    at = now;
    if (file.sizeBytes === 0) break;
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
  { signal, received }: { readonly signal: AbortSignal; readonly received: (bytes: number) => void },
): Promise<void> {
  const headers = { accept: '*/*', ...(at > 0 && { range: `bytes=${at}-`, 'if-range': etag }) };
  const response = await ades.open({ path, headers });
  const isRest = response.status === 206;
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
  body.on('data', (chunk: Uint8Array) => received(chunk.length));
  await pipeline(body, createWriteStream(part, { flags: isRest ? 'a' : 'w' }), { signal });
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

/** What fetch throws where a body breaks off. */
function isBrokenConnection(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && 'code' in error && error.code === 'UND_ERR_SOCKET');
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
