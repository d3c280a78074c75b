import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maskOf } from '../run/mask.ts';
import { lastWords } from './last-words.ts';

const SECRET = 'open sesame, and be quick';
const mask = maskOf([SECRET]);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'last-words-'));
});
afterAll(() => rm(directory, { recursive: true }));

const write = (name: string, content: string): Promise<void> => writeFile(join(directory, name), content);

test('begin nowhere within a secret, wherever the end of a log begins', async () => {
  for (let behind = 4096 - SECRET.length; behind <= 4096; behind++) {
    await write('tool-1.stderr.log', `${'-'.repeat(100)}${SECRET}${'.'.repeat(behind)}`);
    const words = await lastWords(directory, 1, mask);
    expect(words).toMatch(/^-*\**\.+$/);
  }
});

test('begin nowhere within a secret either where the log is longer than what is read of it', async () => {
  for (let behind = 32 * 1024 - SECRET.length; behind <= 32 * 1024; behind += 3) {
    await write('tool-1.stderr.log', `${SECRET}${'.'.repeat(behind - 100)}\n${'.'.repeat(99)}`);
    expect(await lastWords(directory, 1, mask)).toMatch(/^[.\s]+$/);
  }
});

test('are those of standard output where a tool said nothing else, and of cwltool where it said nothing at all', async () => {
  await write('tool-2.stderr.log', '');
  await write('tool-2.stdout.log', 'no such band\n');
  await write('stderr.log', 'the run failed\n');
  expect(await lastWords(directory, 2, mask)).toBe('no such band');
  expect(await lastWords(directory, 3, mask)).toBe('the run failed');
  expect(await lastWords(directory, undefined, mask)).toBe('the run failed');
});
