import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import { processIdentity } from './process-identity.ts';

/** A lock that is held until released or until this process dies. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly identity: string;
}

const MAX_ATTEMPTS = 10;

/**
 * Locks a data directory, which is made when it is missing, through a file `lock` that names the holder by pid and start time. The
 * lock of a process that died without releasing it is taken over; a live holder is `conflict`. Meant for one machine: the
 * processes of another container cannot be seen.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'lock');
  const nonce = randomBytes(8).toString('hex');
  const content = `${JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid), nonce })}\n`;
  const own = `${path}.${nonce}`;
  await writeFile(own, content, { flag: 'wx', mode: 0o600 });
  try {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (await tryLink(own, path)) return { release: () => release(path, content) };
      const found = await readIfThere(path);
      if (found === undefined) continue;
      const holder = parseHolder(found);
      if (holder !== undefined && processIdentity(holder.pid) === holder.identity) {
        throw new DaybookError('conflict', `${directory} is in use by the process with pid ${holder.pid}`, {
          detail: { directory, pid: holder.pid },
        });
      }
      await removeStale(path, found, `${own}.stale`);
    }
  } finally {
    await rm(own, { force: true });
  }
  throw new DaybookError('conflict', `${directory} is being locked by several processes at once`, {
    detail: { directory },
  });
}

async function release(path: string, content: string): Promise<void> {
  if ((await readIfThere(path)) === content) await rm(path, { force: true });
}

/** Moves the lock file away before it is deleted, so that a lock taken meanwhile by another process is noticed and put back. */
async function removeStale(path: string, stale: string, away: string): Promise<void> {
  try {
    await rename(path, away);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readIfThere(away)) !== stale) await tryLink(away, path);
  await rm(away, { force: true });
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseHolder(content: string): Holder | undefined {
  try {
    const { pid, identity } = JSON.parse(content);
    return Number.isSafeInteger(pid) && pid > 0 && typeof identity === 'string' ? { pid, identity } : undefined;
  } catch {
    return undefined;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
