import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OutputStore, openOutputStore, openS3OutputStore } from './index.ts';
import { createMemoryS3 } from './testing/memory-s3.ts';

const openers: Readonly<Record<string, (root: string) => Promise<OutputStore>>> = {
  'a directory': (root) => openOutputStore({ root }),
  S3: async () => openS3OutputStore({ client: createMemoryS3(), bucket: 'outputs', prefix: 'of/jobs', log: () => {} }),
};

let base: string;
let store: OutputStore;

describe.each(Object.entries(openers))('the logs of a store in %s', (_kind, open) => {
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'log-store-'));
    store = await open(join(base, 'store'));
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  async function write(attempt: number, name: string, ...parts: string[]): Promise<void> {
    await store.logs.create('job-1', attempt);
    const log = await store.logs.append('job-1', attempt, name);
    for (const part of parts) await log.append(Buffer.from(part));
    await log.close();
  }

  async function read(attempt: number, name: string): Promise<string | undefined> {
    const log = await store.logs.open('job-1', attempt, name);
    return log === undefined ? undefined : text(log.read());
  }

  test('a log is read while it is appended to', async () => {
    await store.logs.create('job-1', 1);
    const log = await store.logs.append('job-1', 1, 'align.stderr');
    await log.append(Buffer.from('one\n'));
    await expect.poll(() => read(1, 'align.stderr'), { timeout: 10_000 }).toBe('one\n');
    await log.append(Buffer.from('two\n'));
    await expect.poll(() => read(1, 'align.stderr'), { timeout: 10_000 }).toBe('one\ntwo\n');
    await log.close();
  });

  test('names of any text are kept, and sorted', async () => {
    const names = ['inner/each_2.stdout', '50% grün.stderr', '..stdout'];
    for (const name of names) await write(1, name, name);
    const listed = await store.logs.list('job-1', 1);
    expect(listed?.map(({ name }) => name)).toEqual([...names].sort());
    for (const name of names) expect(await read(1, name)).toBe(name);
  });

  test('a name that no file can have is refused', async () => {
    await store.logs.create('job-1', 1);
    for (const name of ['', '\0', 'x'.repeat(300), '\ud800']) {
      await expect(store.logs.append('job-1', 1, name)).rejects.toMatchObject({ code: 'invalid-argument' });
    }
  });

  test('attempts have logs of their own, which stay when the outputs of the attempt are removed and go with the job', async () => {
    expect(await store.logs.newestAttempt('job-1')).toBeUndefined();
    expect(await store.logs.list('job-1', 1)).toBeUndefined();
    await write(1, 'a.stdout', 'first');
    await write(10, 'a.stdout', 'tenth');
    expect(await store.logs.newestAttempt('job-1')).toBe(10);
    expect(await read(1, 'a.stdout')).toBe('first');
    await store.removeAttempt('job-1', 10);
    expect(await read(10, 'a.stdout')).toBe('tenth');
    await store.remove('job-1');
    expect(await store.logs.newestAttempt('job-1')).toBeUndefined();
  });
});
