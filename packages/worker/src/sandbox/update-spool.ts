import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobUpdate } from '@daybook/jobs';
import { type SandboxOwner, stampUpdate } from './stamp-update.ts';

const NAME = 'updates';
const MAX_UPDATES = 1000;
const MAX_BYTES = 224 * 1024;
/** The time of the update in milliseconds stands first. */
const FILE_NAME = /^(\d{1,15})-[\w-]{1,100}\.json$/;

/** Makes the folder, for the variable `DAYBOOK_UPDATE_SPOOL`, in which a job's steps leave updates that could not be published (UPDATE-SPOOL.md). */
export async function createUpdateSpool(jobDirectory: string): Promise<string> {
  const folder = join(jobDirectory, NAME);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * The updates that an ended job has left, in the order of their times, stamped as its own; the newest ones where there are too many. What
 * is no update is left out: the job may have written anything there.
 */
export async function readUpdateSpool(jobDirectory: string, owner: SandboxOwner): Promise<readonly JobUpdate[]> {
  const folder = join(jobDirectory, NAME);
  const isFolder = (await lstat(folder).catch(() => undefined))?.isDirectory() ?? false;
  const names = isFolder ? await readdir(folder).catch(() => []) : [];
  const ordered = names.filter((name) => FILE_NAME.test(name)).sort((a, b) => timeOf(a) - timeOf(b));
  const updates: JobUpdate[] = [];
  for (const name of ordered.slice(-MAX_UPDATES)) {
    const text = await readSmallFile(join(folder, name));
    const stamped = text === undefined ? undefined : stampUpdate(text, owner);
    if (stamped !== undefined && 'update' in stamped) {
      updates.push(stamped.update);
    }
  }
  return updates;
}

function timeOf(name: string): number {
  return Number(FILE_NAME.exec(name)?.[1]);
}

/** A job may have put a link, a pipe or too much in the place of an update. */
async function readSmallFile(path: string): Promise<string | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => undefined);
  try {
    const stats = await file?.stat();
    return stats?.isFile() && stats.size <= MAX_BYTES ? await file?.readFile('utf8') : undefined;
  } finally {
    await file?.close();
  }
}
