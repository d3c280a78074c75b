import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { DaybookError } from '@daybook/errors';
import { backOffMs, wait } from '../retry.ts';
import { type AddressPolicy, httpGet } from './http-get.ts';

/** What bounds a download. */
export interface DownloadLimits extends AddressPolicy {
  readonly maxBytes: number;
}

/** Tries in a row that bring nothing new. */
const MAX_VAIN_TRIES = 5;

/** How far a download is. */
interface Part {
  receivedBytes: number;
  /** Of the version that was begun, for `If-Range`. */
  validator: string | undefined;
}

/**
 * Fetches a URL to the new file `path`. A broken connection is taken up where it broke, where the server can do that. Throws `forbidden`,
 * `not-found`, `limit-exceeded` (`maxBytes`), `invalid-argument` where the server refuses, and other errors where it stays away.
 */
export async function download(url: URL, path: string, limits: DownloadLimits, signal: AbortSignal): Promise<void> {
  const part: Part = { receivedBytes: 0, validator: undefined };
  for (let vain = 0; ; ) {
    const before = part.receivedBytes;
    try {
      return await fetchRest(url, path, part, limits, signal);
    } catch (error) {
      signal.throwIfAborted();
      vain = part.receivedBytes > before ? 0 : vain + 1;
      if (vain >= MAX_VAIN_TRIES || (error instanceof DaybookError && error.code !== 'unavailable')) {
        throw error;
      }
    }
    await wait(backOffMs(vain + 1), signal);
  }
}

async function fetchRest(
  url: URL,
  path: string,
  part: Part,
  limits: DownloadLimits,
  signal: AbortSignal,
): Promise<void> {
  const resumes = part.receivedBytes > 0 && part.validator !== undefined;
  const range = resumes ? { range: `bytes=${part.receivedBytes}-`, 'if-range': part.validator! } : {};
  const response = await httpGet(url, range, limits, signal);
  try {
    const goesOn = response.statusCode === 206 && startsAt(response, part.receivedBytes);
    if (!goesOn) {
      checkStatus(response);
      part.receivedBytes = 0;
    }
    part.validator = validatorOf(response);
    const announced = Number(response.headers['content-length'] ?? 0);
    checkSize(part.receivedBytes + announced, limits);
    await append(response, path, goesOn ? 'a' : 'w', part, limits);
  } finally {
    response.destroy();
  }
}

/** Counts a chunk only when it is in the file: the next try goes on from there. */
async function append(
  response: IncomingMessage,
  path: string,
  flags: 'a' | 'w',
  part: Part,
  limits: DownloadLimits,
): Promise<void> {
  const file = await open(path, flags);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      checkSize(part.receivedBytes + chunk.byteLength, limits);
      await file.appendFile(chunk);
      part.receivedBytes += chunk.byteLength;
    }
  } finally {
    await file.close();
  }
}

function checkStatus({ statusCode = 0 }: IncomingMessage): void {
  if (statusCode === 200) {
    return;
  }
  const answered = `the server answered ${statusCode}`;
  if (statusCode >= 500 || statusCode === 429 || statusCode === 408) {
    throw new DaybookError('unavailable', answered);
  }
  throw new DaybookError(statusCode === 404 || statusCode === 410 ? 'not-found' : 'invalid-argument', answered);
}

function startsAt(response: IncomingMessage, offset: number): boolean {
  return response.headers['content-range']?.startsWith(`bytes ${offset}-`) ?? false;
}

/** A weak ETag does not promise equal bytes: RFC 9110, section 13.1.5. */
function validatorOf({ headers }: IncomingMessage): string | undefined {
  const { etag } = headers;
  return etag !== undefined && !etag.startsWith('W/') ? etag : headers['last-modified'];
}

function checkSize(bytes: number, { maxBytes }: DownloadLimits): void {
  if (bytes > maxBytes) {
    throw new DaybookError('limit-exceeded', `it is larger than ${maxBytes} bytes`);
  }
}
