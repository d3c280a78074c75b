import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'atomic-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('replaces a file and leaves nothing beside it', async () => {
  const path = join(directory, 'state');
  await writeFileAtomically(path, Buffer.from('first'));
  await writeFileAtomically(path, 'second');
  expect(await readFile(path, 'utf8')).toBe('second');
  expect(await readdir(directory)).toEqual(['state']);
});

it('leaves nothing behind when the file cannot be replaced', async () => {
  await expect(writeFileAtomically(directory, 'x')).rejects.toThrow();
  expect(await readdir(directory)).toEqual([]);
});
