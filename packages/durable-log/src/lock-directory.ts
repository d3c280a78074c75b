import { createHash, randomBytes } from 'node:crypto';
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
      if (holder !== undefined && isAlive(holder)) {
        throw new DaybookError('conflict', `${directory} is in use by the process with pid ${holder.pid}`, {
          detail: { directory, pid: holder.pid },
        });
      }
      if (await takeOver(path, found, own)) return { release: () => release(path, content) };
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

/**
 * Puts `own` in the place of a stale lock. Only whoever holds the claim to that very lock, a file named by its content, may replace it, and the
 * lock is looked at again under the claim: so it never passes from one live process to another. The claim of a process that died over it is
 * stale as well, and is claimed in its turn.
 */
async function takeOver(path: string, stale: string, own: string): Promise<boolean> {
  const claims = [claimOf(path, stale)];
  for (;;) {
    const claim = claims.at(-1)!;
    if (await tryLink(own, claim)) break;
    const found = await readIfThere(claim);
    const holder = found === undefined ? undefined : parseHolder(found);
    if (found === undefined || (holder !== undefined && isAlive(holder)) || claims.length > MAX_ATTEMPTS) return false;
    claims.push(claimOf(path, found));
  }
  const mine = (await readIfThere(path)) === stale;
  if (mine) {
    await link(own, `${own}.next`);
    await rename(`${own}.next`, path);
  }
  for (const claim of mine ? claims : claims.slice(-1)) await rm(claim, { force: true });
  return mine;
}

function claimOf(path: string, content: string): string {
  return `${path}.claim-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}

function isAlive({ pid, identity }: Holder): boolean {
  return processIdentity(pid) === identity;
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
