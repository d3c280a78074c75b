import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchDisk } from './disk-watch.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-watch-'));
  await mkdir(join(directory, 'deep', 'er'), { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

test('a job that has too much on the disk is noticed, however deep it lies', async () => {
  const watch = watchDisk(directory, 200_000, 5);
  await writeFile(join(directory, 'some'), Buffer.alloc(100_000));
  await writeFile(join(directory, 'deep', 'er', 'more'), Buffer.alloc(150_000));
  await vi.waitFor(() => expect(watch.signal.reason).toMatchObject({ code: 'limit-exceeded' }));
  watch.stop();
});
