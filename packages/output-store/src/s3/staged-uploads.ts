import { randomUUID } from 'node:crypto';
import { DaybookError } from '@daybook/errors';
import { checkOutputPath, type StagedOutputs } from '../staged-outputs.ts';
import { storeError } from '../store-error.ts';
import { MAX_ENTRIES, type SourceRoots, type TreeSink, walkTree } from '../tree/walk-tree.ts';
import { type AttemptId, giveUp, publish } from './attempt-end.ts';
import type { StoreKeys } from './keys.ts';
import { TaskGroup } from './task-group.ts';
import { type Uploader, uploadFile } from './upload-file.ts';

const MAX_RUNNING_FILES = 16;

/** Outputs of an attempt that are uploaded below its key, beside each other, and count once it is published. */
export function buildStagedUploads(
  id: AttemptId,
  keys: StoreKeys,
  uploader: Uploader,
  { roots, signal }: { readonly roots: SourceRoots; readonly signal: AbortSignal | undefined },
): StagedOutputs {
  const { bucket } = uploader;
  const group = new TaskGroup(MAX_RUNNING_FILES, signal);
  const place = keys.outputs(id.jobId, id.attempt);
  const sink: TreeSink = {
    async directory(target, isEmpty) {
      // S3 knows no directories: an empty object stands for one that nothing is in.
      if (isEmpty) await group.start((until) => bucket.put(`${place}${target}/`, '', { signal: until }));
    },
    file: (real, target) => group.start((until) => uploadFile(real, `${place}${target}`, uploader, until)),
  };
  const walk = { roots, budget: { entries: MAX_ENTRIES }, sink };
  const names = createTakenPaths();
  const by = randomUUID();
  let isPublished = false;
  return {
    async add(source, path) {
      checkOutputPath(path);
      names.take(path);
      try {
        await walkTree(source, path.join('/'), walk);
      } catch (error) {
        signal?.throwIfAborted();
        throw storeError(`take in ${path.join('/')}`, error);
      }
    },
    async publish() {
      if (isPublished) throw new DaybookError('conflict', 'These outputs were published before');
      try {
        await group.settle();
      } catch (error) {
        signal?.throwIfAborted();
        throw storeError('take in the outputs', error);
      }
      await publish(bucket, keys, id, by, { signal });
      isPublished = true;
    },
    async discard() {
      await group.cancel();
      await giveUp(bucket, keys, id);
    },
  };
}

/** Tells an output that would stand in the place of another, or in or around it. */
function createTakenPaths(): { take(path: readonly string[]): void } {
  const taken = new Set<string>();
  const parents = new Set<string>();
  return {
    take(path) {
      const ways = path.map((_, index) => path.slice(0, index + 1).join('/'));
      const own = ways.at(-1)!;
      if (parents.has(own) || ways.some((way) => taken.has(way))) {
        throw new DaybookError('already-exists', `Two outputs have the name ${path.at(-1)}`);
      }
      taken.add(own);
      for (const way of ways.slice(0, -1)) parents.add(way);
    },
  };
}
