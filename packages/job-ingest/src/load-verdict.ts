import { createHash } from 'node:crypto';
import { open, realpath } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { S3Client } from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { type JobUpdate, type ParsedUpdate, parseMessage } from '@daybook/jobs';

/** How verdicts are loaded that were too large for a message. */
export interface VerdictSource {
  /** Prefixes of the URLs (`file:`, `s3:`, `http:` or `https:`) below which the output store keeps them; nothing else is read. */
  readonly urlPrefixes: readonly string[];
  /** By which those below `s3:` prefixes are read. */
  readonly s3?: Pick<S3Client, 'getObject'>;
  /** Default 64 MiB. */
  readonly maxBytes?: number;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

/** The longest digest and the like that an answer may have is far below; a verdict of more is refused. */
const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * The whole verdict for a message that names its URL and digest; any other update as it is. Poison where the URL is outside
 * the prefixes, nothing is there, or what is there is not what the message says. 'unavailable' while it cannot be read.
 */
export async function loadVerdict(update: JobUpdate, source: VerdictSource): Promise<ParsedUpdate> {
  const { 'results-url': location, 'results-digest': digest } = update;
  if (location === undefined) return { update };
  if (digest === undefined) return { poison: '"results-url" came without "results-digest"' };
  try {
    const bytes = await read(location, source);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== digest.toLowerCase())
      return { poison: `What stands at ${location} does not have the digest ${digest}` };
    return matching(update, parseMessage(bytes.toString('utf8'), { messageId: update['event-id'], time: update.time }));
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'unavailable') throw error;
    return { poison: error.message };
  }
}

function matching(message: JobUpdate, stored: ParsedUpdate): ParsedUpdate {
  if ('poison' in stored) return stored;
  for (const member of ['id', 'event-id', 'kind', 'attempt', 'status'] as const) {
    if (stored.update[member] !== message[member])
      return {
        poison: `The stored verdict's "${member}" is ${stored.update[member]}, the message's ${message[member]}`,
      };
  }
  return stored;
}

async function read(location: string, source: VerdictSource): Promise<Buffer> {
  if (!URL.canParse(location)) throw refused(location);
  const url = new URL(location);
  if (!isBelow(url, source.urlPrefixes)) throw refused(location);
  if (url.protocol === 'file:') return await readFileBelow(url, source);
  return url.protocol === 's3:' ? await fetchFromS3(url, source) : await fetchBytes(url, source);
}

/** Compared after both are normalized, so that no `..` leaves a prefix. */
function isBelow(url: URL, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => {
    const root = new URL(prefix.endsWith('/') ? prefix : `${prefix}/`);
    const inside = url.protocol === root.protocol && url.host === root.host && url.pathname.startsWith(root.pathname);
    return inside && !/%2f|%5c|%00/i.test(url.pathname) && url.username === '';
  });
}

async function readFileBelow(url: URL, source: VerdictSource): Promise<Buffer> {
  const maxBytes = source.maxBytes ?? DEFAULT_MAX_BYTES;
  try {
    const path = await realpath(fileURLToPath(url));
    const roots = source.urlPrefixes.filter((prefix) => prefix.startsWith('file:'));
    const realRoots = await Promise.all(
      roots.map(async (root) => pathToFileURL(await realpath(fileURLToPath(root))).href),
    );
    if (!isBelow(pathToFileURL(path), realRoots)) throw refused(url.href);
    await using file = await open(path);
    const { size } = await file.stat();
    if (size > maxBytes) throw tooLong(url, maxBytes);
    return await file.readFile();
  } catch (cause) {
    if (isDaybookError(cause)) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const missing = code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
    throw new DaybookError(missing ? 'not-found' : 'unavailable', `${url.href} cannot be read: ${code}`, { cause });
  }
}

async function fetchBytes(url: URL, source: VerdictSource): Promise<Buffer> {
  const maxBytes = source.maxBytes ?? DEFAULT_MAX_BYTES;
  try {
    const signal = AbortSignal.timeout(source.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const response = await fetch(url, { signal, redirect: 'error' });
    if (response.status === 404 || response.status === 410)
      throw new DaybookError('not-found', `There is nothing at ${url.href}`);
    if (!response.ok) throw new DaybookError('unavailable', `${url.href} was answered ${response.status}`);
    return await allOf(response.body ?? [], url, maxBytes);
  } catch (cause) {
    if (isDaybookError(cause)) throw cause;
    throw new DaybookError('unavailable', `${url.href} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** A bucket or rights that are missing can be mended; what is not there, though its bucket is, never comes. */
async function fetchFromS3(
  url: URL,
  { s3, maxBytes = DEFAULT_MAX_BYTES, timeoutMs = DEFAULT_TIMEOUT_MS }: VerdictSource,
) {
  if (s3 === undefined) throw refused(url.href);
  const address = { bucket: url.host, key: decodeURIComponent(url.pathname.slice(1)) };
  try {
    const { body } = await s3.getObject(address, {}, { signal: AbortSignal.timeout(timeoutMs) });
    return await allOf(body, url, maxBytes);
  } catch (cause) {
    if (isDaybookError(cause, 'limit-exceeded')) throw cause;
    if (isDaybookError(cause, 'not-found') && cause.detail?.awsCode === 'NoSuchKey') throw cause;
    throw new DaybookError('unavailable', `${url.href} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

async function allOf(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  url: URL,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLong(url, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refused(location: string): DaybookError {
  return new DaybookError('forbidden', `"results-url" ${location.slice(0, 200)} is not in the output store`);
}

function tooLong(url: URL, maxBytes: number): DaybookError {
  return new DaybookError('limit-exceeded', `${url.href} is longer than ${maxBytes} bytes`);
}
