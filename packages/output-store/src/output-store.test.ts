import { createHash } from 'node:crypto';
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OutputStore, openOutputStore, openS3OutputStore, type StagedOutputs } from './index.ts';
import { createMemoryS3 } from './testing/memory-s3.ts';

const openers: Readonly<Record<string, (root: string) => Promise<OutputStore>>> = {
  'a directory': (root) => openOutputStore({ root }),
  S3: async () => openS3OutputStore({ client: createMemoryS3(), bucket: 'outputs', prefix: 'of/jobs', log: () => {} }),
};

let base: string;
let store: OutputStore;
let owned: string;
let inputs: string;

describe.each(Object.entries(openers))('a store in %s', (_kind, open) => {
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'output-store-'));
    owned = join(base, 'job');
    inputs = join(base, 'inputs');
    await mkdir(owned);
    await mkdir(inputs);
    store = await open(join(base, 'store'));
  });

  afterEach(() => rm(base, { recursive: true, force: true }));

  const stage = (attempt = 1): Promise<StagedOutputs> =>
    store.stage('job-1', attempt, { ownedRoot: owned, readableRoots: [inputs, join(base, 'missing')] });

  async function makeFile(path: string, content: string): Promise<string> {
    await writeFile(path, content);
    return path;
  }

  async function contentOf(path: string, attempt = 1): Promise<string | undefined> {
    const entry = await store.open('job-1', attempt, path);
    return entry?.kind === 'file' ? text(entry.read()) : undefined;
  }

  const code = (expected: string) => expect.objectContaining({ code: expected });

  describe('publishing', () => {
    test('shows nothing of an attempt before it is published, and all of it afterwards', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a.txt'), 'alpha'), ['out', 'a.txt']);
      expect(await store.open('job-1', 1, 'out/a.txt')).toBeUndefined();
      await staged.publish();
      expect(await contentOf('out/a.txt')).toBe('alpha');
      expect(await store.open('job-1', 2, 'out/a.txt')).toBeUndefined();
    });

    test('keeps the outputs when the job directory is removed', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a.txt'), 'alpha'), ['out', 'a.txt']);
      await staged.publish();
      await rm(owned, { recursive: true });
      expect(await contentOf('out/a.txt')).toBe('alpha');
    });

    test('takes a directory as a tree, with names that are not ASCII', async () => {
      await mkdir(join(owned, 'd', 'inner'), { recursive: true });
      await makeFile(join(owned, 'd', 'inner', 'größe 1.txt'), 'x');
      const staged = await stage();
      await staged.add(join(owned, 'd'), ['tree', 'd']);
      await staged.publish();
      expect(await contentOf('tree/d/inner/größe 1.txt')).toBe('x');
    });

    test('publishes an attempt without outputs', async () => {
      await (await stage()).publish();
      expect(await store.open('job-1', 1, '')).toMatchObject({ kind: 'directory' });
    });

    test('refuses to publish what a later attempt has thrown away', async () => {
      const first = await stage(1);
      await stage(2);
      await expect(first.publish()).rejects.toThrow(code('conflict'));
    });

    test('refuses to publish an attempt twice', async () => {
      const staged = await stage();
      await staged.publish();
      await expect(staged.publish()).rejects.toThrow(code('conflict'));
    });

    test('stores one file as two outputs', async () => {
      const source = await makeFile(join(owned, 'a.txt'), 'alpha');
      const staged = await stage();
      await staged.add(source, ['one', 'a.txt']);
      await staged.add(source, ['two', 'a.txt']);
      await staged.publish();
      expect([await contentOf('one/a.txt'), await contentOf('two/a.txt')]).toEqual(['alpha', 'alpha']);
    });

    test('refuses two outputs of one name', async () => {
      const staged = await stage();
      const source = await makeFile(join(owned, 'a.txt'), 'alpha');
      await staged.add(source, ['out', 'a.txt']);
      await expect(staged.add(source, ['out', 'a.txt'])).rejects.toThrow(code('already-exists'));
    });
  });

  describe('where outputs come from', () => {
    test('copies a file of the inputs to which an output links, so that later changes to the input do not show', async () => {
      const input = await makeFile(join(inputs, 'big.nc'), 'data');
      await symlink(input, join(owned, 'link.nc'));
      const staged = await stage();
      await staged.add(join(owned, 'link.nc'), ['out', 'link.nc']);
      await staged.publish();
      await writeFile(input, 'changed');
      expect(await contentOf('out/link.nc')).toBe('data');
    });

    test('refuses a link that leads out of the job and its inputs, also inside a directory', async () => {
      await makeFile(join(base, 'secret'), 'secret');
      await mkdir(join(owned, 'd'));
      await symlink(join(base, 'secret'), join(owned, 'd', 'innocent'));
      const staged = await stage();
      await expect(staged.add(join(owned, 'd'), ['out', 'd'])).rejects.toThrow(code('forbidden'));
      await expect(staged.add(join(base, 'secret'), ['out', 's'])).rejects.toThrow(code('forbidden'));
    });

    test('does not take a sibling directory for one below the root because its name begins alike', async () => {
      await mkdir(`${owned}-other`);
      const source = await makeFile(join(`${owned}-other`, 'x'), 'x');
      await expect((await stage()).add(source, ['out', 'x'])).rejects.toThrow(code('forbidden'));
    });

    test('names a source that is missing and a link that leads nowhere', async () => {
      await symlink(join(owned, 'nowhere'), join(owned, 'dangling'));
      const staged = await stage();
      await expect(staged.add(join(owned, 'none'), ['out', 'none'])).rejects.toThrow(/none does not exist/);
      await expect(staged.add(join(owned, 'dangling'), ['out', 'x'])).rejects.toThrow(/leads nowhere/);
    });

    test('refuses a socket', async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(owned, 'socket'), resolve));
      try {
        await expect((await stage()).add(join(owned, 'socket'), ['out', 'socket'])).rejects.toThrow(/a socket/);
      } finally {
        server.close();
      }
    });

    test('ends a directory that links to itself with an error', async () => {
      await mkdir(join(owned, 'loop'));
      await symlink(join(owned, 'loop'), join(owned, 'loop', 'again'));
      await expect((await stage()).add(join(owned, 'loop'), ['out', 'loop'])).rejects.toThrow(code('unsupported'));
    });
  });

  describe('names', () => {
    test.each([['..'], ['.'], [''], ['a/b'], ['a\0b'], ['x'.repeat(256)]])(
      'refuses the path segment %j',
      async (segment) => {
        const source = await makeFile(join(owned, 'a.txt'), 'alpha');
        await expect((await stage()).add(source, ['out', segment])).rejects.toThrow(code('invalid-argument'));
      },
    );

    test.each([['../other'], ['..'], ['.removed'], [''], ['a/b'], ['x'.repeat(129)]])(
      'refuses the job id %j',
      async (id) => {
        await expect(store.stage(id, 1, { ownedRoot: owned })).rejects.toThrow(code('invalid-argument'));
        await expect(store.open(id, 1, 'x')).rejects.toThrow(code('invalid-argument'));
        await expect(store.remove(id)).rejects.toThrow(code('invalid-argument'));
      },
    );

    test.each([[0], [-1], [1.5], [Number.NaN]])('refuses the attempt %d', async (attempt) => {
      await expect(store.open('job-1', attempt, 'x')).rejects.toThrow(code('invalid-argument'));
    });

    test.each([['../2/x'], ['out/../../../..'], ['/etc/passwd'], ['out//x']])(
      'refuses to read the path %j',
      async (path) => {
        await (await stage()).publish();
        await expect(store.open('job-1', 1, path)).rejects.toThrow(code('invalid-argument'));
      },
    );
  });

  describe('reading', () => {
    test('reads a part of a file, both ends counted in', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a.txt'), '0123456789'), ['out', 'a.txt']);
      await staged.publish();
      const entry = await store.open('job-1', 1, 'out/a.txt');
      expect(entry).toMatchObject({ kind: 'file', name: 'a.txt', sizeBytes: 10 });
      expect(entry?.kind === 'file' && (await text(entry.read({ start: 2, end: 4 })))).toBe('234');
    });

    test('answers undefined for what is not there', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a.txt'), 'x'), ['out', 'a.txt']);
      await staged.publish();
      expect(await store.open('job-1', 1, 'out/b.txt')).toBeUndefined();
      expect(await store.open('job-1', 1, 'out/a.txt/below')).toBeUndefined();
      expect(await store.list('job-1', 1, 'out/a.txt')).toBeUndefined();
      expect(await store.list('job-1', 1, 'none')).toBeUndefined();
    });

    test('lists a directory page by page', async () => {
      await mkdir(join(owned, 'd', 'sub'), { recursive: true });
      for (const name of ['c', 'a', 'b']) {
        await makeFile(join(owned, 'd', name), name);
      }
      const staged = await stage();
      await staged.add(join(owned, 'd'), ['out', 'd']);
      await staged.publish();
      const first = await store.list('job-1', 1, 'out/d', { limit: 3 });
      expect(first).toEqual({
        entries: ['a', 'b', 'c'].map((name) => ({ kind: 'file', name, sizeBytes: 1 })),
        nextAfter: 'c',
      });
      expect(await store.list('job-1', 1, 'out/d', { limit: 3, after: 'c' })).toEqual({
        entries: [{ kind: 'directory', name: 'sub' }],
      });
    });
  });

  describe('results', () => {
    test('keeps a large verdict with its digest', async () => {
      const bytes = Buffer.from(JSON.stringify({ a: 'x'.repeat(300_000) }));
      const record = await store.putResults('job-1', 2, bytes);
      expect(record).toMatchObject({
        sizeBytes: bytes.byteLength,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect(record.url.startsWith(store.url)).toBe(true);
    });

    test('does not meet an output of the same name', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a'), 'x'), ['results.json', 'a']);
      await staged.publish();
      await store.putResults('job-1', 1, Buffer.from('{}'));
      expect(await contentOf('results.json/a')).toBe('x');
    });
  });

  test('copies a file that can be changed under another name', async () => {
    const source = await makeFile(join(owned, 'a'), 'as published');
    await link(source, join(base, 'other'));
    const staged = await stage();
    await staged.add(source, ['a']);
    await staged.publish();
    await writeFile(join(base, 'other'), 'changed later');
    expect(await contentOf('a')).toBe('as published');
  });

  describe('removing', () => {
    test('removes everything of a job, and is content where there is nothing', async () => {
      const source = await makeFile(join(owned, 'a.txt'), 'alpha');
      const staged = await stage();
      await staged.add(source, ['out', 'a.txt']);
      await staged.publish();
      await store.logs.create('job-1', 1);
      await store.remove('job-1');
      await store.remove('job-1');
      expect(await store.open('job-1', 1, '')).toBeUndefined();
      expect(await store.logs.newestAttempt('job-1')).toBeUndefined();
    });

    test('removes one attempt and leaves the others', async () => {
      await (await stage(1)).publish();
      await (await stage(2)).publish();
      await store.putResults('job-1', 2, Buffer.from('{}'));
      await store.removeAttempt('job-1', 2);
      expect(await store.open('job-1', 1, '')).toMatchObject({ kind: 'directory' });
      expect(await store.open('job-1', 2, '')).toBeUndefined();
    });

    test('shows nothing of what was discarded', async () => {
      const staged = await stage();
      await staged.add(await makeFile(join(owned, 'a.txt'), 'alpha'), ['out', 'a.txt']);
      await staged.discard();
      await expect(staged.publish()).rejects.toThrow();
      expect(await store.open('job-1', 1, '')).toBeUndefined();
    });
  });

  test('keeps directories that nothing is in, and lists those whose names others begin with', async () => {
    for (const name of ['d/a', 'd/a-b', 'd/empty']) await mkdir(join(owned, name), { recursive: true });
    for (const name of ['d/a/x', 'd/a-b/x', 'd/a.txt']) await makeFile(join(owned, name), 'x');
    const staged = await stage();
    await staged.add(join(owned, 'd'), ['out', 'd']);
    await staged.publish();
    expect(await store.list('job-1', 1, 'out/d/empty')).toEqual({ entries: [] });
    const names: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.list('job-1', 1, 'out/d', { limit: 1, ...(after !== undefined && { after }) });
      names.push(...page!.entries.map(({ name, kind }) => `${kind} ${name}`));
      after = page!.nextAfter;
      if (after === undefined) break;
    }
    expect(names.sort()).toEqual(['directory a', 'directory a-b', 'directory empty', 'file a.txt']);
  });

  test('can be used where nothing is wrong', async () => {
    await store.check();
    await store.check();
  });
});
