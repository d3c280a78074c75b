import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tailOfFile } from './tail-of-file.ts';

let path: string;

beforeAll(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'tail-')), 'stderr.log');
});

afterAll(() => rm(join(path, '..'), { recursive: true }));

test('the tail of a long file is its last whole lines', async () => {
  await writeFile(path, `${'x'.repeat(10_000)}\nsecond\nthird\n\n`);
  expect(await tailOfFile(path, 20)).toBe('second\nthird');
});

test('the tail of a file whose lines end with carriage returns begins with one of them', async () => {
  await writeFile(path, `${'x'.repeat(50)}\r10 %\r20 %\r`);
  expect(await tailOfFile(path, 15)).toBe('10 %\r20 %');
});

test('a tail in which no line begins is empty', async () => {
  await writeFile(path, 'x'.repeat(50));
  expect(await tailOfFile(path, 20)).toBe('');
});

test('a short file is given whole, without its colours', async () => {
  await writeFile(path, '\u001b[1;31mERROR\u001b[0m größer\n');
  expect(await tailOfFile(path, 4096)).toBe('ERROR größer');
});

test('a file that is missing has an empty tail', async () => {
  expect(await tailOfFile(`${path}.none`, 4096)).toBe('');
});
