import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OutputStore, openS3OutputStore, type StagedOutputs } from '../index.ts';
import { createMemoryS3, type MemoryS3 } from '../testing/memory-s3.ts';

let base: string;
let s3: MemoryS3;
let store: OutputStore;
let messages: string[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 's3-output-store-'));
  s3 = createMemoryS3();
  messages = [];
  store = openS3OutputStore({ client: s3, bucket: 'b', prefix: 'p', log: (message) => messages.push(message) });
});
afterEach(() => rm(base, { recursive: true, force: true }));

const stage = (attempt = 1, signal?: AbortSignal): Promise<StagedOutputs> =>
  store.stage('job', attempt, { ownedRoot: base, ...(signal !== undefined && { signal }) });

async function make(name: string, content: string | number): Promise<string> {
  const path = join(base, name);
  if (typeof content === 'string') await writeFile(path, content);
  else {
    const file = await open(path, 'w');
    await file.write(Buffer.from('end'), 0, 3, content - 3);
    await file.close();
  }
  return path;
}

const unavailable = (): never => {
  throw new DaybookError('unavailable', 's3: SlowDown');
};

/** Fails the first calls of a name. */
function failFirst(name: string, times: number, when = { done: false }): void {
  let left = times;
  s3.fail = (call, _key, done) => {
    if (call === name && done === when.done && left-- > 0) unavailable();
  };
}

describe('publishing in S3', () => {
  test('keeps outputs, logs and verdicts below the key of their job', async () => {
    await mkdir(join(base, 'd'));
    await make('d/ü 1.txt', 'x');
    const staged = await stage();
    await staged.add(join(base, 'd'), ['tree', 'd']);
    await staged.publish();
    await store.logs.create('job', 1);
    await (await store.logs.append('job', 1, 'a/b.stdout')).close();
    const { url } = await store.putResults('job', 1, Buffer.from('{}'));
    expect([...s3.objects.keys()].sort()).toEqual([
      'p/job/1.end.json',
      'p/job/1.logs/',
      'p/job/1.logs/a%2Fb.stdout.log/000000000000000',
      'p/job/1.results.json',
      'p/job/1/tree/d/ü 1.txt',
    ]);
    expect([store.url, url]).toEqual(['s3://b/p/', 's3://b/p/job/1.results.json']);
    await store.remove('job');
    expect(s3.objects.size).toBe(0);
  });

  test('gives up what an earlier attempt uploaded and never published, so that it cannot be published any more', async () => {
    const source = await make('a', 'alpha');
    const first = await stage(1);
    await first.add(source, ['out', 'a']);
    await expect.poll(() => s3.objects.has('p/job/1/out/a')).toBe(true);
    await stage(3);
    expect(s3.objects.has('p/job/1/out/a')).toBe(false);
    await expect(first.publish()).rejects.toMatchObject({ code: 'conflict' });
    expect(await store.open('job', 1, 'out/a')).toBeUndefined();
  });

  test('leaves what an earlier attempt has published', async () => {
    const first = await stage(1);
    await first.add(await make('a', 'alpha'), ['out', 'a']);
    await first.publish();
    await stage(2);
    expect(await store.open('job', 1, 'out/a')).toMatchObject({ sizeBytes: 5 });
  });

  test('is done though the answer of S3 got lost', async () => {
    const staged = await stage(1);
    failFirst('PutObject', 1, { done: true });
    await staged.publish();
    await staged.discard();
    expect(await store.open('job', 1, '')).toMatchObject({ kind: 'directory' });
  });

  test('sends a large file in parts, goes on after passing failures, and reads ranges across them', async () => {
    const size = 20 * 2 ** 20;
    const staged = await stage(1, new AbortController().signal);
    failFirst('UploadPart', 2);
    await staged.add(await make('large', size), ['out', 'large']);
    await staged.publish();
    expect(s3.calls.filter((call) => call === 'UploadPart')).toHaveLength(3 + 2);
    const file = await store.open('job', 1, 'out/large');
    expect(file).toMatchObject({ sizeBytes: size });
    expect(file?.kind === 'file' && (await text(file.read({ start: size - 3, end: size - 1 })))).toBe('end');
    expect(messages.length).toBeGreaterThan(0);
  });

  test('has a completion whose answer got lost', async () => {
    const staged = await stage(1);
    failFirst('CompleteMultipartUpload', 1, { done: true });
    await staged.add(await make('large', 9 * 2 ** 20), ['large']);
    await staged.publish();
    expect(await store.open('job', 1, 'large')).toMatchObject({ sizeBytes: 9 * 2 ** 20 });
  });

  test('aborts the parts of a file when the attempt is stopped, and nothing of it is left', async () => {
    const stop = new AbortController();
    const staged = await stage(1, stop.signal);
    s3.fail = (call) => {
      if (call !== 'UploadPart') return;
      stop.abort(new Error('dismissed'));
      unavailable();
    };
    await staged.add(await make('large', 30 * 2 ** 20), ['large']).catch(() => {});
    await expect(staged.publish()).rejects.toThrow('dismissed');
    await staged.discard();
    expect(s3.openUploads.size).toBe(0);
    expect([...s3.objects.keys()]).toEqual(['p/job/1.end.json']);
  });

  test.each([
    ['forbidden', 's3 PutObject: Access Denied'],
    ['not-found', 's3 PutObject: The specified bucket does not exist'],
  ] as const)('is unavailable with the reason where S3 answers %s', async (code, message) => {
    s3.fail = (call) => {
      if (call === 'PutObject') throw new DaybookError(code, message);
    };
    const staged = await stage();
    await staged.add(await make('a', 'alpha'), ['a']);
    const expected = { code: 'unavailable', message: `The output store s3://b cannot be used: ${message}` };
    await expect(staged.publish()).rejects.toMatchObject(expected);
    await expect(store.check()).rejects.toMatchObject(expected);
  });

  test('refuses a key that is longer than S3 takes', async () => {
    const staged = await stage();
    const path = [...Array(5).keys()].map((index) => String(index).repeat(250));
    await staged.add(await make('a', 'alpha'), path);
    await expect(staged.publish()).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('sees that its server replaces objects which it must not', async () => {
    const put = s3.putObject;
    s3.putObject = (address, body) => put(address, body);
    await expect(store.check()).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a log in S3', () => {
  test('appears while it grows, in one object up to a mebibyte', async () => {
    await store.logs.create('job', 1);
    const log = await store.logs.append('job', 1, 'a.stdout');
    await log.append(Buffer.from('one\n'));
    const read = async (): Promise<string | undefined> => {
      const file = await store.logs.open('job', 1, 'a.stdout');
      return file && text(file.read());
    };
    await expect.poll(read, { timeout: 10_000 }).toBe('one\n');
    await log.append(Buffer.from('two\n'));
    await log.close();
    expect(await read()).toBe('one\ntwo\n');
    expect(await store.logs.list('job', 1)).toEqual([{ name: 'a.stdout', sizeBytes: 8 }]);
    expect([...s3.objects.keys()].filter((key) => key.includes('stdout'))).toHaveLength(1);
  });

  test('of more than a mebibyte is read as one, and gone on with', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const half = Buffer.from(line.repeat(1500));
    for (const part of [half, half]) {
      const log = await store.logs.append('job', 1, 'a');
      await log.append(part);
      await log.close();
    }
    const file = await store.logs.open('job', 1, 'a');
    expect(file?.sizeBytes).toBe(3_000_000);
    expect(await text(file!.read({ start: 1_048_570, end: 1_049_999 }))).toBe(
      line.repeat(3000).slice(1_048_570, 1_050_000),
    );
  });

  test('is kept whole though it is written faster than S3 takes it', async () => {
    const put = s3.putObject;
    s3.putObject = async (...args) => {
      await delay(20);
      return put(...args);
    };
    const log = await store.logs.append('job', 1, 'a');
    const chunk = Buffer.alloc(256 * 1024, 'x');
    for (let written = 0; written < 32; written++) await log.append(chunk);
    await log.close();
    expect(await store.logs.open('job', 1, 'a')).toMatchObject({ sizeBytes: 32 * chunk.length });
  });

  test('waits out an outage', async () => {
    const log = await store.logs.append('job', 1, 'a');
    failFirst('PutObject', 5);
    await log.append(Buffer.from('kept'));
    await expect.poll(() => s3.objects.size, { timeout: 20_000 }).toBe(1);
    await log.close();
    expect(await store.logs.open('job', 1, 'a')).toMatchObject({ sizeBytes: 4 });
  });
});
