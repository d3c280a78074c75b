import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './lock-directory.ts';
import { processIdentity } from './process-identity.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function writeLock(pid: number, identity: string | undefined): Promise<void> {
  await writeFile(join(directory, 'lock'), JSON.stringify({ pid, identity }));
}

describe('the lock of a directory', () => {
  it('is held by one at a time, and free again after its release', async () => {
    const lock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'conflict', detail: { pid: process.pid } });
    await lock.release();
    await (await lockDirectory(directory)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it('is taken over from a process that was killed, and not before', async () => {
    const holder = spawn(process.execPath, ['-e', 'process.stdout.write("up"); setInterval(() => {}, 1000)'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(holder.stdout, 'data');
    await writeLock(holder.pid!, processIdentity(holder.pid!));
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'conflict', detail: { pid: holder.pid } });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await lockDirectory(directory)).release();
  });

  it('is taken over when another process has the pid of the holder by now', async () => {
    await writeLock(process.pid, 'another boot/1');
    await (await lockDirectory(directory)).release();
  });

  it('is taken over when its file is no lock', async () => {
    await writeFile(join(directory, 'lock'), '{"pid":');
    await (await lockDirectory(directory)).release();
  });

  it('is taken over when the process that was about to take it over has died as well', async () => {
    await writeLock(process.pid, 'another boot/1');
    const stale = await readFile(join(directory, 'lock'));
    const claim = `lock.claim-${createHash('sha256').update(stale).digest('hex').slice(0, 16)}`;
    await writeFile(join(directory, claim), stale.toString().replace('boot/1', 'boot/2'));
    const lock = await lockDirectory(directory);
    expect(await readdir(directory)).toEqual(['lock']);
    await lock.release();
  });

  it('goes to exactly one of many that ask at once for a stale lock', async () => {
    await writeLock(process.pid, 'another boot/1');
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockDirectory(directory)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(join(directory, 'lock'), 'utf8')).pid).toBe(process.pid);
    expect(await readdir(directory)).toEqual(['lock']);
  });
});
