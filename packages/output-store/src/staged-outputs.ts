import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncDirectory } from '@daybook/durable-log';
import { DaybookError } from '@daybook/errors';
import { addTree, MAX_ENTRIES, type SourceRoots, type TreeBudget } from './add-tree.ts';
import { checkSegment } from './names.ts';
import { removeTree } from './remove-tree.ts';
import { isMissing, storeError, systemErrorCode } from './store-error.ts';
import { syncTree } from './sync-tree.ts';

/** From where outputs are taken. */
export interface StageOptions {
  /** The job's own directory: files below it are taken over without a copy where the file system can, so nobody may write them any more. */
  readonly ownedRoot: string;
  /** Directories whose files may be copied, such as those of the inputs, to which an output may link. Default: none. */
  readonly readableRoots?: readonly string[];
}

/** Outputs of one attempt that nobody sees yet. */
export interface StagedOutputs {
  /**
   * Adds the file or directory tree at the absolute path `source` as `path` (its segments, the first one the output's id). Symbolic links
   * are followed, and what they lead to is stored in their place. Throws `forbidden` where a link leads out of the roots, `not-found`
   * where it leads nowhere, `unsupported` for a device, socket, pipe or endless tree, `limit-exceeded`, `already-exists`, and `unavailable` where the disk is full.
   */
  add(source: string, path: readonly string[]): Promise<void>;
  /** Makes everything added visible at once, on disk before it resolves. Throws `conflict` where a later attempt has thrown the staged files away. */
  publish(): Promise<void>;
  /** Removes what was added and not published. No error when it is gone. */
  discard(): Promise<void>;
}

/** What is staged in `directory`, which exists; publishing renames it to `published`, its sibling. */
export function buildStagedOutputs(directory: string, published: string, roots: SourceRoots): StagedOutputs {
  const budget: TreeBudget = { entries: MAX_ENTRIES };
  return {
    async add(source, path) {
      if (path.length === 0) {
        throw new DaybookError('invalid-argument', 'An output needs a path of at least one segment');
      }
      for (const segment of path) {
        checkSegment('output path segment', segment);
      }
      const target = join(directory, ...path);
      try {
        await mkdir(dirname(target), { recursive: true });
        await addTree(source, target, roots, budget);
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
