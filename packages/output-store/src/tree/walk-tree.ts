import type { Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { DaybookError } from '@daybook/errors';
import { isMissing } from '../store-error.ts';

/** Where sources may lie, symbolic links resolved. */
export interface SourceRoots {
  /** Files below it that have no other name belong to the store: nothing else keeps them. */
  readonly owned: string;
  /** Files below these belong to others. */
  readonly readable: readonly string[];
}

/** What one attempt may still bring; links that multiply a tree end here. */
export interface TreeBudget {
  entries: number;
}

/** Takes in the entries of a tree, a directory before what is in it. `target` is the path in the attempt, with `/` between its segments. */
export interface TreeSink {
  directory(target: string, isEmpty: boolean): Promise<void>;
  /** `real` has no symbolic link in it; `isOwned` where nobody else can change the file any more. */
  file(real: string, target: string, isOwned: boolean): Promise<void>;
}

/** Files and directories of one attempt. */
export const MAX_ENTRIES: number = 1_000_000;

const MAX_DEPTH = 64;

/** The roots with their symbolic links resolved. Readable ones that do not exist hold nothing and are left out. */
export async function resolveRoots(owned: string, readable: readonly string[]): Promise<SourceRoots> {
  const resolved = await Promise.all(readable.map((path) => realpath(path).catch(() => undefined)));
  return { owned: await realpath(owned), readable: resolved.filter((path) => path !== undefined) };
}

/** Shows the file or tree at `source` to `sink` as `target`. Links are followed within the roots. */
export async function walkTree(
  source: string,
  target: string,
  { roots, budget, sink }: { readonly roots: SourceRoots; readonly budget: TreeBudget; readonly sink: TreeSink },
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
    const names = await readdir(real);
    await sink.directory(target, names.length === 0);
    for (const name of names) {
      await walkTree(join(real, name), `${target}/${name}`, { roots, budget, sink }, [...ancestors, real]);
    }
  } else if (stats.isFile()) {
    // A file with other names may be changed by whoever has them.
    await sink.file(real, target, isBelow(real, roots.owned) && stats.nlink === 1);
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

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function describeKind(stats: Stats): string {
  if (stats.isFIFO()) {
    return 'a pipe';
  }
  return stats.isSocket() ? 'a socket' : 'a device';
}
