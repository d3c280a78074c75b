import { chmod, link, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDaybookError } from '@daybook/errors';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OutputStore, openOutputStore, type StagedOutputs } from '../index.ts';

let base: string;
let store: OutputStore;
let root: string;
let owned: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'output-store-'));
  owned = join(base, 'job');
  await mkdir(owned);
  root = join(base, 'store');
  store = await openOutputStore({ root });
});

afterEach(() => rm(base, { recursive: true, force: true }));

const stage = (attempt = 1): Promise<StagedOutputs> => store.stage('job-1', attempt, { ownedRoot: owned });

async function makeFile(path: string, content: string): Promise<string> {
  await writeFile(path, content);
  return path;
}

const code = (expected: string) => expect.objectContaining({ code: expected });

test('refuses to read through a link that somebody put into the store', async () => {
  await (await stage()).publish();
  await makeFile(join(base, 'secret'), 'secret');
  await symlink(join(base, 'secret'), join(root, 'job-1', '1', 'x'));
  await expect(store.open('job-1', 1, 'x')).rejects.toThrow(code('forbidden'));
});

test('removes everything of a job, and is content where there is nothing', async () => {
  await (await stage()).publish();
  await stage(2);
  await store.remove('job-1');
  await store.remove('job-1');
  expect(await readdir(root)).toEqual(['.removed']);
  expect(await readdir(join(root, '.removed'))).toEqual([]);
});

test('removes one attempt and leaves the others', async () => {
  await (await stage(1)).publish();
  await (await stage(2)).publish();
  await store.putResults('job-1', 2, Buffer.from('{}'));
  await store.removeAttempt('job-1', 2);
  expect(await readdir(join(root, 'job-1'))).toEqual(['1']);
});

test('removes directories that are read-only', async () => {
  await (await stage()).publish();
  const locked = join(root, 'job-1', '1', 'locked');
  await mkdir(locked);
  await makeFile(join(locked, 'x'), 'x');
  await chmod(locked, 0o500);
  await store.remove('job-1');
  expect(await store.open('job-1', 1, '')).toBeUndefined();
  expect(await readdir(join(root, '.removed'))).toEqual([]);
});

test('finishes an interrupted removal when it opens', async () => {
  await mkdir(join(root, '.removed', 'left', 'over'), { recursive: true });
  store = await openOutputStore({ root });
  expect(await readdir(join(root, '.removed'))).toEqual([]);
});

test('links a file of the job instead of copying it', async () => {
  const source = await makeFile(join(owned, 'a'), 'x');
  const probe = await link(source, join(base, 'probe')).then(
    () => true,
    () => false,
  );
  await rm(join(base, 'probe'), { force: true });
  const staged = await stage();
  await staged.add(source, ['out', 'a']);
  await staged.publish();
  const [a, b] = await Promise.all([stat(source), stat(join(root, 'job-1', '1', 'out', 'a'))]);
  expect(a.ino === b.ino).toBe(probe);
});

test('says unavailable where the root cannot be a directory', async () => {
  const path = await makeFile(join(base, 'file'), '');
  await expect(openOutputStore({ root: path })).rejects.toSatisfy((error) => isDaybookError(error, 'unavailable'));
});
