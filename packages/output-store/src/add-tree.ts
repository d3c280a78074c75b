import { constants, type Stats } from 'node:fs';
import { copyFile, link, lstat, mkdir, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { DaybookError } from '@daybook/errors';
import { isMissing, systemErrorCode } from './store-error.ts';

/** Where sources may lie, symbolic links resolved. */
export interface SourceRoots {
  /** Files below it that have no other name are linked into the store: nothing else keeps them. */
  readonly owned: string;
  /** Files below these are copied. */
  readonly readable: readonly string[];
}

/** What one attempt may still bring; links that multiply a tree end here. */
export interface TreeBudget {
  entries: number;
}

/** Files and directories of one attempt. */
export const MAX_ENTRIES: number = 1_000_000;

const MAX_DEPTH = 64;

/** File systems that cannot link, and files of another owner that may not be linked, are copied. */
const COPY_INSTEAD: ReadonlySet<string | undefined> = new Set([
  'EXDEV',
  'EPERM',
  'EMLINK',
  'ENOTSUP',
  'ENOSYS',
  'EACCES',
]);

/**
 * Brings the file or tree at `source` to `target`, whose parent exists; each file is on disk when it resolves, directories are not yet.
 * Links are followed within the roots.
 */
export async function addTree(
  source: string,
  target: string,
  roots: SourceRoots,
  budget: TreeBudget,
  ancestors: readonly string[] = [],
): Promise<void> {
  const real = await resolveWithin(source, roots);
  if (ancestors.includes(real) || ancestors.length > MAX_DEPTH) {
    const reason = ancestors.includes(real)
      ? 'links to a directory that it is in'
      : `nests deeper than ${MAX_DEPTH} directories`;
    throw new DaybookError('unsupported', `The output ${basename(source)} ${reason}`, { detail: { source } });
  }
  if (--budget.entries < 0) {
    throw new DaybookError('limit-exceeded', `The outputs have more than ${MAX_ENTRIES} files and directories`);
  }
  const stats = await stat(real);
  if (stats.isDirectory()) {
    await makeDirectory(target);
    for (const name of await readdir(real)) {
      await addTree(join(real, name), join(target, name), roots, budget, [...ancestors, real]);
    }
  } else if (stats.isFile()) {
    // A file with other names may be changed by whoever has them.
    await takeFile(real, target, isBelow(real, roots.owned) && stats.nlink === 1);
  } else {
    throw new DaybookError(
      'unsupported',
      `The output ${source} is ${describeKind(stats)}: expected a file or directory`,
    );
  }
}

async function resolveWithin(source: string, roots: SourceRoots): Promise<string> {
  let real: string;
  try {
    real = await realpath(source);
  } catch (cause) {
    if (!isMissing(cause)) {
      throw cause;
    }
    const isLink = (await lstat(source).catch(() => undefined))?.isSymbolicLink() ?? false;
    const reason = isLink ? 'is a symbolic link that leads nowhere' : 'does not exist';
    throw new DaybookError('not-found', `The output ${basename(source)} ${reason}`, { cause, detail: { source } });
  }
  if (![roots.owned, ...roots.readable].some((root) => isBelow(real, root))) {
    throw new DaybookError(
      'forbidden',
      `The output ${basename(source)} lies outside the job's directory and its inputs`,
      {
        detail: { source, real },
      },
    );
  }
  return real;
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

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function describeKind(stats: Stats): string {
  if (stats.isFIFO()) {
    return 'a pipe';
  }
  return stats.isSocket() ? 'a socket' : 'a device';
}
