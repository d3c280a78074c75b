import { DaybookError } from '@daybook/errors';
import { checkSegment } from './names.ts';

/** From where outputs are taken. */
export interface StageOptions {
  /** The job's own directory: files below it are taken over without a copy where the file system can, so nobody may write them any more. */
  readonly ownedRoot: string;
  /** Directories whose files may be copied, such as those of the inputs, to which an output may link. Default: none. */
  readonly readableRoots?: readonly string[];
  /** Ends what is slow, such as an upload; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Outputs of one attempt that nobody sees yet. */
export interface StagedOutputs {
  /**
   * Adds the file or directory tree at the absolute path `source` as `path` (its segments, the first one the output's id). Symbolic links
   * are followed, and what they lead to is stored in their place. Throws `forbidden` where a link leads out of the roots, `not-found`
   * where it leads nowhere, `unsupported` for a device, socket, pipe or endless tree, `limit-exceeded`, `already-exists`, and `unavailable` where the store cannot take it.
   */
  add(source: string, path: readonly string[]): Promise<void>;
  /** Makes everything added visible at once, durable before it resolves. Throws `conflict` where a later attempt has thrown the staged files away. */
  publish(): Promise<void>;
  /** Removes what was added and not published. No error when it is gone. */
  discard(): Promise<void>;
}

/** Throws `invalid-argument` unless `path` can name an output: one segment or more, each a file name. */
export function checkOutputPath(path: readonly string[]): void {
  if (path.length === 0) {
    throw new DaybookError('invalid-argument', 'An output needs a path of at least one segment');
  }
  for (const segment of path) {
    checkSegment('output path segment', segment);
  }
}
