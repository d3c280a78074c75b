import { open } from 'node:fs/promises';
import { DaybookError } from '@daybook/errors';
import { backOffMs, wait } from '../retry.ts';
import { headerOf, type InputSource, type SourceAnswer } from './input-source.ts';

/** What bounds a download. */
export interface DownloadLimits {
  readonly maxBytes: number;
}

/** How a download ended: with the file and the headers of the whole answer, or with nothing, for the known version is still the one. */
export type Downloaded = { readonly headers: SourceAnswer['headers'] } | 'not-modified';

/** Tries in a row that bring nothing new. */
const MAX_VAIN_TRIES = 5;

/** How far a download is. */
interface Part {
  receivedBytes: number;
  /** Of the whole answer that was begun. */
  headers: SourceAnswer['headers'];
}

/**
 * Fetches an input to the new file `path`, unless it still is the version of the validator `known`. A broken connection is taken up where it
 * broke, where the server can do that. Throws `forbidden`, `not-found`, `limit-exceeded` (`maxBytes`), `invalid-argument` where the server
 * refuses, and other errors where it stays away.
 */
export async function download(
  source: InputSource,
  path: string,
  limits: DownloadLimits,
  signal: AbortSignal,
  known?: string,
): Promise<Downloaded> {
  const part: Part = { receivedBytes: 0, headers: {} };
  for (let vain = 0; ; ) {
    const before = part.receivedBytes;
    try {
      const isWhole = await fetchRest(source, path, part, { limits, signal, known });
      return isWhole ? { headers: part.headers } : 'not-modified';
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

interface FetchContext {
  readonly limits: DownloadLimits;
  readonly signal: AbortSignal;
  readonly known: string | undefined;
}

/** Resolves with whether the file is there; it is not where the known version is still the one. */
async function fetchRest(
  source: InputSource,
  path: string,
  part: Part,
  { limits, signal, known }: FetchContext,
): Promise<boolean> {
  const validator = validatorOf(part);
  const resumes = part.receivedBytes > 0 && validator !== undefined;
  const range = resumes ? { range: `bytes=${part.receivedBytes}-`, 'if-range': validator } : ifChanged(known);
  const answer = await source.get(range, signal);
  try {
    if (answer.statusCode === 304 && !resumes && known !== undefined) {
      return false;
    }
    if (resumes && answer.statusCode === 206 && isOtherVersion(answer, validator)) {
      part.receivedBytes = 0;
      part.headers = {};
      throw new DaybookError('unavailable', 'it has changed meanwhile');
    }
    const goesOn = resumes && answer.statusCode === 206 && startsAt(answer, part.receivedBytes);
    if (!goesOn) {
      checkStatus(answer);
      part.receivedBytes = 0;
      part.headers = answer.headers;
    }
    const announced = Number(headerOf(answer, 'content-length') ?? 0);
    checkSize(part.receivedBytes + announced, limits);
    await append(answer, path, goesOn ? 'a' : 'w', part, limits);
    return true;
  } finally {
    answer.body.destroy();
  }
}

function ifChanged(known: string | undefined): Readonly<Record<string, string>> {
  if (known === undefined) {
    return {};
  }
  return known.startsWith('"') ? { 'if-none-match': known } : { 'if-modified-since': known };
}

/** Counts a chunk only when it is in the file: the next try goes on from there. */
async function append(
  { body }: SourceAnswer,
  path: string,
  flags: 'a' | 'w',
  part: Part,
  limits: DownloadLimits,
): Promise<void> {
  const file = await open(path, flags);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      checkSize(part.receivedBytes + chunk.byteLength, limits);
      await file.appendFile(chunk);
      part.receivedBytes += chunk.byteLength;
    }
  } finally {
    await file.close();
  }
}

function checkStatus({ statusCode }: SourceAnswer): void {
  if (statusCode === 200) {
    return;
  }
  const answered = `the server answered ${statusCode}`;
  if (statusCode >= 500 || statusCode === 429 || statusCode === 408) {
    throw new DaybookError('unavailable', answered);
  }
  throw new DaybookError(statusCode === 404 || statusCode === 410 ? 'not-found' : 'invalid-argument', answered);
}

function startsAt(answer: SourceAnswer, offset: number): boolean {
  return headerOf(answer, 'content-range')?.startsWith(`bytes ${offset}-`) ?? false;
}

/** Of a server that knows ranges and no `If-Range`. */
function isOtherVersion(answer: SourceAnswer, validator: string): boolean {
  const etag = headerOf(answer, 'etag');
  return etag !== undefined && validator.startsWith('"') && etag !== validator;
}

/** What names a version of the bytes. A weak ETag does not promise equal bytes: RFC 9110, section 13.1.5. */
export function validatorOf(answer: Pick<SourceAnswer, 'headers'>): string | undefined {
  const etag = headerOf(answer, 'etag');
  return etag?.startsWith('"') ? etag : headerOf(answer, 'last-modified');
}

function checkSize(bytes: number, { maxBytes }: DownloadLimits): void {
  if (bytes > maxBytes) {
    throw new DaybookError('limit-exceeded', `it is larger than ${maxBytes} bytes`);
  }
}
