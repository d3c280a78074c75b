import { createHash } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import { checkPageLimit } from '../names.ts';
import type { OutputStore } from '../output-store.ts';
import { resolveRoots } from '../tree/walk-tree.ts';
import { giveUp } from './attempt-end.ts';
import { attemptOfEnd, type StoreKeys, storeKeys } from './keys.ts';
import { MemoryBudget } from './memory-budget.ts';
import { listOutputs, openOutput } from './read-outputs.ts';
import { buildS3LogStore } from './s3-log-store.ts';
import { buildStagedUploads } from './staged-uploads.ts';
import { type BucketPlace, StoreBucket } from './store-bucket.ts';
import { TaskGroup } from './task-group.ts';

/** How to open a store in S3. `prefix` needs no slash at its end. The client stays its owner's, who closes it. */
export type S3OutputStoreOptions = BucketPlace;

/** What all uploads of a store have in memory at once; a single part of a file of over 640 GiB is larger. */
const UPLOAD_BYTES = 64 * 2 ** 20;
const MAX_RUNNING = 8;

/**
 * Opens the store below a prefix of a bucket, which exists. Nothing is asked of S3 yet. The bucket has to be consistent, as AWS's are, and to honour
 * `If-None-Match` when an object is put; {@link OutputStore.check} tells.
 */
export function openS3OutputStore(options: S3OutputStoreOptions): OutputStore {
  const prefix = options.prefix === '' || options.prefix.endsWith('/') ? options.prefix : `${options.prefix}/`;
  const place = { ...options, prefix };
  const bucket = new StoreBucket(place);
  const keys = storeKeys(prefix);
  const uploader = { bucket, budget: new MemoryBudget(UPLOAD_BYTES) };
  return {
    url: urlOf(place.bucket, prefix),
    logs: buildS3LogStore(bucket, keys),
    async check() {
      const maxTries = 1;
      // The first of all checks makes the object; each one after it must not.
      const isNew = await bucket.putIfAbsent(keys.probe, '', { maxTries });
      if (isNew && (await bucket.putIfAbsent(keys.probe, '', { maxTries }))) {
        const reason = 'its server replaces objects in spite of If-None-Match';
        throw new DaybookError('unsupported', `The output store s3://${place.bucket} cannot be used: ${reason}`);
      }
    },
    async stage(jobId, attempt, { ownedRoot, readableRoots = [], signal }) {
      await clearStaged(bucket, keys, { jobId, attempt }, signal);
      const roots = await resolveRoots(ownedRoot, readableRoots);
      return buildStagedUploads({ jobId, attempt }, keys, uploader, { roots, signal });
    },
    open: async (jobId, attempt, path) => openOutput(bucket, keys, { jobId, attempt }, path),
    async list(jobId, attempt, path, { limit, after } = {}) {
      return listOutputs(bucket, keys, { jobId, attempt }, path, { limit: checkPageLimit(limit), after });
    },
    async putResults(jobId, attempt, bytes) {
      const key = keys.results(jobId, attempt);
      await bucket.put(key, bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { url: urlOf(place.bucket, key), sha256, sizeBytes: bytes.byteLength };
    },
    async removeAttempt(jobId, attempt) {
      await bucket.delete([keys.end(jobId, attempt), keys.results(jobId, attempt)]);
      await bucket.deleteBelow(keys.outputs(jobId, attempt));
    },
    async remove(jobId) {
      const job = keys.job(jobId);
      for await (const { objects } of bucket.pages({ prefix: job, delimiter: '/' })) {
        await bucket.delete(objects.map(({ key }) => key));
      }
      await bucket.deleteBelow(job);
    },
  };
}

/** Gives up the attempts before this one that have no end, and deletes what an earlier staging of this one left. */
async function clearStaged(
  bucket: StoreBucket,
  keys: StoreKeys,
  { jobId, attempt }: { readonly jobId: string; readonly attempt: number },
  signal: AbortSignal | undefined,
): Promise<void> {
  const job = keys.job(jobId);
  const own = keys.outputs(jobId, attempt);
  const ended = new Set<number | undefined>();
  let hasOwn = false;
  for await (const { objects, prefixes } of bucket.pages({ prefix: job, delimiter: '/' }, { signal })) {
    for (const { key } of objects) ended.add(attemptOfEnd(key.slice(job.length)));
    hasOwn ||= prefixes.includes(own);
  }
  const group = new TaskGroup(MAX_RUNNING, signal);
  for (let earlier = 1; earlier < attempt; earlier++) {
    if (!ended.has(earlier)) await group.start(() => giveUp(bucket, keys, { jobId, attempt: earlier }));
  }
  await group.settle();
  if (hasOwn && !ended.has(attempt)) await bucket.deleteBelow(own);
}

function urlOf(bucket: string, key: string): string {
  return `s3://${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
