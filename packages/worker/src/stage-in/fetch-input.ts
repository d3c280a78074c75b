import { rm } from 'node:fs/promises';
import { DaybookError } from '@daybook/errors';
import { describeError } from '../retry.ts';
import { type Downloaded, type DownloadLimits, download, validatorOf } from './download.ts';
import type { CacheShare } from './input-cache/input-cache.ts';
import { mayBeKept } from './input-cache/may-be-kept.ts';
import type { Transfer } from './plan-transfers.ts';
import { verifyContent } from './verify-content.ts';

/** How to fetch. */
export interface FetchOptions {
  readonly limits: DownloadLimits;
  /** Of the job's user; absent where nothing is kept. */
  readonly cache: CacheShare | undefined;
}

/** Fetches one file and checks it. A failure names the input and has the code that says why the job fails. */
export async function fetchInput(transfer: Transfer, options: FetchOptions, signal: AbortSignal): Promise<void> {
  try {
    await fetchOrTake(transfer, options, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw inputFailure(transfer.source.name, cause);
  }
}

/** Why the job fails whose input cannot be had. */
export function inputFailure(name: string, cause: unknown): DaybookError {
  const code = cause instanceof DaybookError && cause.code !== 'unavailable' ? cause.code : 'invalid-argument';
  return new DaybookError(code, `The input ${name} could not be fetched: ${describeError(cause)}`, { cause });
}

async function fetchOrTake(
  { source, path, file }: Transfer,
  { limits, cache }: FetchOptions,
  signal: AbortSignal,
): Promise<void> {
  const known = cache?.validatorOf(source.key);
  let downloaded: Downloaded = await download(source, path, limits, signal, known);
  if (downloaded === 'not-modified') {
    if (cache !== undefined && known !== undefined && (await cache.take(source.key, known, path))) {
      await verifyContent(path, file);
      return;
    }
    await rm(path, { force: true });
    downloaded = await download(source, path, limits, signal);
  }
  if (downloaded === 'not-modified') {
    throw new DaybookError('invalid-argument', 'the server answered 304 to a request without a condition');
  }
  const { headers } = downloaded;
  const validator = cache !== undefined && mayBeKept(headers) ? validatorOf({ headers }) : undefined;
  const announced = source.digestsOf(headers);
  const { sha256 } = await verifyContent(path, file, announced, validator === undefined ? [] : ['sha256']);
  if (validator !== undefined && sha256 !== undefined) {
    await cache?.keep(source.key, { path, validator, sha256 });
  }
}
