import { constants } from 'node:fs';
import { chmod, copyFile, link, open, rm } from 'node:fs/promises';

/**
 * Makes `target`, which must not exist, the same content as `source` without a copy where the file system can: a reflink, else a hard link. Both are
 * read-only then.
 */
export async function shareFile(source: string, target: string): Promise<void> {
  await chmod(source, 0o444);
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw error;
    }
    // A clone that failed leaves an empty file.
    await rm(target, { force: true });
  }
  await link(source, target);
}

/** Puts a file's bytes on the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
