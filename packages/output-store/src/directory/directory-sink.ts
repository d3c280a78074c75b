import { constants } from 'node:fs';
import { copyFile, link, mkdir, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import { systemErrorCode } from '../store-error.ts';
import type { TreeSink } from '../tree/walk-tree.ts';

/** File systems that cannot link, and files of another owner that may not be linked, are copied. */
const COPY_INSTEAD: ReadonlySet<string | undefined> = new Set([
  'EXDEV',
  'EPERM',
  'EMLINK',
  'ENOTSUP',
  'ENOSYS',
  'EACCES',
]);

/** Brings what it is shown below `root`: owned files as links, others as copies. Each file is on disk when it resolves, directories are not yet. */
export function directorySink(root: string): TreeSink {
  return {
    directory: (target) => makeDirectory(join(root, target)),
    file: (real, target, isOwned) => takeFile(real, join(root, target), isOwned),
  };
}

async function takeFile(real: string, target: string, owned: boolean): Promise<void> {
  try {
    if (!owned || !(await tryLink(real, target))) {
      await copyFile(real, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    }
  } catch (error) {
    throw alreadyExists(error, target);
  }
  const file = await open(target, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function tryLink(real: string, target: string): Promise<boolean> {
  try {
    await link(real, target);
    return true;
  } catch (error) {
    if (COPY_INSTEAD.has(systemErrorCode(error))) {
      return false;
    }
    throw error;
  }
}

async function makeDirectory(target: string): Promise<void> {
  try {
    await mkdir(target);
  } catch (error) {
    throw alreadyExists(error, target);
  }
}

function alreadyExists(error: unknown, target: string): unknown {
  return systemErrorCode(error) === 'EEXIST'
    ? new DaybookError('already-exists', `Two outputs have the name ${basename(target)}`, {
        cause: error,
        detail: { target },
      })
    : error;
}
