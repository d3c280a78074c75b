import { join } from 'node:path';
import type { JsonObject } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { basenameOf, collectRemote, type RemoteObject, relocate } from './collect-remote.ts';
import type { DownloadLimits } from './download.ts';
import { fetchInput, inputFailure } from './fetch-input.ts';
import type { CacheShare } from './input-cache/input-cache.ts';
import { planTransfers, type SourcePolicy, type Transfer } from './plan-transfers.ts';

/** What bounds the stage-in of one job. */
export interface StageInOptions extends DownloadLimits, SourcePolicy {
  /** For all inputs of the job together. */
  readonly timeLimitMs: number;
}

const CONCURRENCY = 4;

/**
 * Fetches every File with an http, https or s3 location, and every Directory with an s3 location, in `values` (a job order, a document with
 * defaults) into `directory`, each location once, and returns the values with their own locations. `cache` is what the job's user has fetched
 * before. Throws the code that says why the job fails, with a message that names the input; the reason of `signal` when it is aborted.
 */
export async function stageIn<T extends readonly JsonObject[]>(
  values: T,
  directory: string,
  options: StageInOptions,
  signal: AbortSignal,
  cache?: CacheShare,
): Promise<T> {
  const remote = collectRemote(values);
  if (remote.size === 0) {
    return values;
  }
  const limit = AbortSignal.timeout(options.timeLimitMs);
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, limit, failed.signal]);
  const staged = new Map<string, string>();
  try {
    const transfers: Transfer[] = [];
    for (const [location, object] of remote) {
      const folder = join(directory, String(staged.size));
      staged.set(location, join(folder, basenameOf(object)));
      transfers.push(...(await plan(object, folder, options, stop)));
    }
    const fetchPending = async (): Promise<void> => {
      for (let next = transfers.shift(); next !== undefined; next = transfers.shift()) {
        await fetchInput(next, { limits: options, cache }, stop);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, transfers.length) }, () => fetchPending()));
  } catch (error) {
    failed.abort(error);
    signal.throwIfAborted();
    if (limit.aborted) {
      const late = `The inputs could not be fetched within ${options.timeLimitMs / 1000} seconds`;
      throw new DaybookError('limit-exceeded', late, { cause: error });
    }
    throw error;
  }
  return values.map((value) => relocate(value, staged)) as unknown as T;
}

async function plan(
  object: RemoteObject,
  folder: string,
  options: StageInOptions,
  signal: AbortSignal,
): Promise<readonly Transfer[]> {
  try {
    return await planTransfers(object, folder, options, signal);
  } catch (cause) {
    signal.throwIfAborted();
    throw inputFailure(object.location.slice(0, 500), cause);
  }
}
