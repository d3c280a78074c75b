import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import { checkOutputPath, type StagedOutputs } from '../staged-outputs.ts';
import { isMissing, storeError, systemErrorCode } from '../store-error.ts';
import { MAX_ENTRIES, type SourceRoots, walkTree } from '../tree/walk-tree.ts';
import { directorySink } from './directory-sink.ts';
import { removeTree } from './remove-tree.ts';
import { syncTree } from './sync-tree.ts';

/** What is staged in `directory`, which exists; publishing renames it to `published`, its sibling. */
export function buildStagedOutputs(directory: string, published: string, roots: SourceRoots): StagedOutputs {
  const walk = { roots, budget: { entries: MAX_ENTRIES }, sink: directorySink(directory) };
  return {
    async add(source, path) {
      checkOutputPath(path);
      try {
        await mkdir(dirname(join(directory, ...path)), { recursive: true });
        await walkTree(source, path.join('/'), walk);
      } catch (error) {
        throw storeError(`take in ${path.join('/')}`, error);
      }
    },
    async publish() {
      try {
        await syncTree(directory);
        await rename(directory, published);
        await syncDirectory(dirname(published));
      } catch (cause) {
        const code = systemErrorCode(cause);
        if (isMissing(cause) || code === 'ENOTEMPTY' || code === 'EEXIST') {
          throw new DaybookError('conflict', 'These outputs were published before, or thrown away by a later attempt', {
            cause,
          });
        }
        throw storeError('publish the outputs', cause);
      }
    },
    discard: () => removeTree(directory),
  };
}
