import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OutputStore, openOutputStore } from '../index.ts';

let base: string;
let store: OutputStore;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'log-store-'));
  store = await openOutputStore({ root: join(base, 'store') });
});
afterEach(() => rm(base, { recursive: true, force: true }));

test('a link in the place of a log is not followed', async () => {
  await mkdir(join(base, 'store', 'job-1', '1.logs'), { recursive: true });
  await writeFile(join(base, 'secret'), 'secret');
  await symlink(join(base, 'secret'), join(base, 'store', 'job-1', '1.logs', 'a.stdout.log'));
  await expect(store.logs.open('job-1', 1, 'a.stdout')).rejects.toMatchObject({ code: 'forbidden' });
});
