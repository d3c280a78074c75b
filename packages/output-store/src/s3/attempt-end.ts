import { DaybookError } from '@daybook/errors';
import type { StoreKeys } from './keys.ts';
import type { Patience } from './retry-transient.ts';
import type { StoreBucket } from './store-bucket.ts';

/** What became of an attempt's outputs. It is written once: whoever is first decides. */
export interface AttemptEnd {
  readonly state: 'published' | 'given-up';
  readonly time: string;
  /** Who published, so that a try whose answer got lost is known again. */
  readonly by?: string;
}

/** An attempt of a job. */
export interface AttemptId {
  readonly jobId: string;
  readonly attempt: number;
}

/** Undefined while it is open. */
export async function readEnd(
  bucket: StoreBucket,
  keys: StoreKeys,
  { jobId, attempt }: AttemptId,
): Promise<AttemptEnd | undefined> {
  const key = keys.end(jobId, attempt);
  const text = await bucket.text(key);
  if (text === undefined) return undefined;
  const end = parse(text);
  if (end?.state === 'published' || end?.state === 'given-up') return end;
  throw new DaybookError('corrupt', `The output store has something else than the end of an attempt at ${key}`);
}

/** Makes what was uploaded visible. Throws `conflict` where the attempt has its end already. */
export async function publish(
  bucket: StoreBucket,
  keys: StoreKeys,
  id: AttemptId,
  by: string,
  patience: Patience,
): Promise<void> {
  const end: AttemptEnd = { state: 'published', time: new Date().toISOString(), by };
  if (await bucket.putIfAbsent(keys.end(id.jobId, id.attempt), JSON.stringify(end), patience)) return;
  if ((await readEnd(bucket, keys, id))?.by !== by) {
    throw new DaybookError('conflict', 'These outputs were published before, or thrown away by a later attempt');
  }
}

/** Sees to it that an attempt is never published, and deletes what was uploaded for it. Leaves a published one alone. */
export async function giveUp(bucket: StoreBucket, keys: StoreKeys, id: AttemptId): Promise<void> {
  const end: AttemptEnd = { state: 'given-up', time: new Date().toISOString() };
  const isOurs = await bucket.putIfAbsent(keys.end(id.jobId, id.attempt), JSON.stringify(end));
  if (isOurs || (await readEnd(bucket, keys, id))?.state === 'given-up') {
    await bucket.deleteBelow(keys.outputs(id.jobId, id.attempt));
  }
}

function parse(text: string): AttemptEnd | undefined {
  try {
    return JSON.parse(text) as AttemptEnd;
  } catch {
    return undefined;
  }
}
