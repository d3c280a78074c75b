import { chmod, mkdir, readdir, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDirectory } from '@daybook/durable-log';
import { removeTree } from '@daybook/output-store';
import { openReceipts, type Receipts } from './attempt/receipts.ts';

/** The directory in which a worker's jobs run. */
export interface WorkDirectory {
  /** Its real path. */
  readonly root: string;
  /** Has the program `update-job`, for the PATH of the jobs' steps. */
  readonly binDirectory: string;
  /** For the inputs that are kept between jobs; nobody has made it yet. */
  readonly inputCache: string;
  readonly receipts: Receipts;
  /** Makes the empty directory of an attempt. */
  createJobDirectory(jobId: string, attempt: number): Promise<string>;
  /** Removes it with all that tools have left in it. */
  removeJobDirectory(directory: string): Promise<void>;
  /** Lets another worker have the directory. */
  release(): Promise<void>;
}

/**
 * Takes a directory for this worker alone (`conflict` where another one has it), deletes the jobs that a killed worker has left
 * there, each after `clean` has ended what it may still have, and writes the program `update-job`, which runs `updateJobBin` by this process's Node.
 */
export async function openWorkDirectory(
  path: string,
  updateJobBin: string,
  clean: (directory: string) => Promise<void>,
): Promise<WorkDirectory> {
  await mkdir(path, { recursive: true });
  const root = await realpath(path);
  const lock = await lockDirectory(root);
  const jobs = join(root, 'jobs');
  const binDirectory = join(root, 'bin');
  let receipts: Receipts;
  try {
    receipts = await openReceipts(join(root, 'receipts'));
    await mkdir(jobs, { recursive: true });
    for (const name of await readdir(jobs)) {
      await clean(join(jobs, name));
      await removeTree(join(jobs, name));
    }
    await mkdir(binDirectory, { recursive: true });
    await writeProgram(join(binDirectory, 'update-job'), [process.execPath, updateJobBin]);
  } catch (error) {
    await lock.release();
    throw error;
  }
  return {
    root,
    binDirectory,
    inputCache: join(root, 'cache'),
    receipts,
    async createJobDirectory(jobId, attempt) {
      const directory = join(jobs, `${jobId}-${attempt}`);
      await mkdir(directory, { mode: 0o700 });
      return directory;
    },
    removeJobDirectory: removeTree,
    release: () => lock.release(),
  };
}

async function writeProgram(path: string, command: readonly string[]): Promise<void> {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const next = `${path}.next`;
  await writeFile(next, `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(next, 0o755);
  await rename(next, path);
}
