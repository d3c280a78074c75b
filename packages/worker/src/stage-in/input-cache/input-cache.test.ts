import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stageIn } from '../stage-in.ts';
import type { InputCache } from './input-cache.ts';
import { openInputCache } from './open-input-cache.ts';

const OPTIONS = { allowPrivateAddresses: true, allowedHosts: [], maxBytes: 2 ** 22, timeLimitMs: 20_000 };

let directory: string;
let server: Server;
let base: string;
let version: string;
let answered: number[];
let headersOf: () => Record<string, string>;
let jobs: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'input-cache-'));
  version = 'one';
  answered = [];
  jobs = 0;
  headersOf = () => ({ etag: `"${version}"` });
  const listener: RequestListener = (request, response) => {
    const { etag, 'last-modified': modified } = headersOf() as Record<string, string | undefined>;
    const condition = etag === undefined ? request.headers['if-modified-since'] : request.headers['if-none-match'];
    const status = condition !== undefined && condition === (etag ?? modified) ? 304 : 200;
    answered.push(status);
    response.writeHead(status, headersOf());
    response.end(status === 304 ? undefined : `${request.url} ${version}`);
  };
  server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(directory, { recursive: true });
});

const open = async (maxBytes = 2 ** 20): Promise<InputCache> =>
  (await openInputCache({ directory: join(directory, 'cache'), maxBytes, log: () => {} }))!;

/** Stages one URL in for a job of its own; the path of its file. */
async function fetchFor(cache: InputCache, user: string, path = '/a.nc'): Promise<string> {
  const job = join(directory, `job-${++jobs}`);
  const order = { a: { class: 'File', location: `${base}${path}` } };
  const [staged] = await stageIn([order], job, OPTIONS, new AbortController().signal, cache.shareOf(user));
  return fileURLToPath((staged as typeof order).a.location);
}
const read = (path: string): Promise<string> => readFile(path, 'utf8');
const contents = async (): Promise<number> => {
  const names = await readdir(join(directory, 'cache'), { recursive: true });
  return names.filter((name) => /\/[\da-f]{64}$/.test(name)).length;
};

describe('the cache of inputs', () => {
  test('gives a file again that has not changed, also after a restart, and a changed one anew', async () => {
    const cache = await open();
    const first = await fetchFor(cache, 'ann');
    expect(await read(await fetchFor(cache, 'ann'))).toBe('/a.nc one');
    expect(await read(await fetchFor(await open(), 'ann'))).toBe('/a.nc one');
    expect(answered).toEqual([200, 304, 304]);
    version = 'two';
    expect(await read(await fetchFor(cache, 'ann'))).toBe('/a.nc two');
    expect(await read(first)).toBe('/a.nc one');
    expect(answered).toEqual([200, 304, 304, 200]);
    expect(await contents()).toBe(1);
  });

  test('gives nothing to another user', async () => {
    const cache = await open();
    await fetchFor(cache, 'ann');
    await fetchFor(cache, 'bob');
    expect(answered).toEqual([200, 200]);
  });

  test('keeps one content once, and it goes with the last URL that had it', async () => {
    headersOf = () => ({ etag: '"same"' });
    const cache = await open(24);
    const same = createServer((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"same"' ? 304 : 200, { etag: '"same"' });
      response.end('twenty bytes of text');
    });
    await new Promise<void>((listening) => same.listen(0, '127.0.0.1', listening));
    const own = base;
    base = `http://127.0.0.1:${(same.address() as AddressInfo).port}`;
    await fetchFor(cache, 'ann', '/1');
    await fetchFor(cache, 'ann', '/2');
    expect(await contents()).toBe(1);
    base = own;
    await fetchFor(cache, 'ann', '/3.nc');
    expect(await contents()).toBe(1);
    expect(answered).toEqual([200]);
    same.closeAllConnections();
    await new Promise((closed) => same.close(closed));
  });

  test('makes room by what was used least recently, also before a restart', async () => {
    const cache = await open(24);
    await fetchFor(cache, 'ann', '/1.nc');
    await fetchFor(cache, 'ann', '/2.nc');
    await fetchFor(cache, 'ann', '/1.nc');
    await fetchFor(cache, 'ann', '/3.nc');
    expect(answered.splice(0)).toEqual([200, 200, 304, 200]);
    const again = await open(24);
    await fetchFor(again, 'ann', '/1.nc');
    await fetchFor(again, 'ann', '/3.nc');
    await fetchFor(again, 'ann', '/2.nc');
    expect(answered).toEqual([304, 304, 200]);
  });

  test('does not take a newer version for the one that was asked about', async () => {
    const cache = await open();
    await fetchFor(cache, 'ann');
    version = 'two';
    await fetchFor(cache, 'ann');
    const share = cache.shareOf('ann');
    expect(share.validatorOf(`${base}/a.nc`)).toBe('"two"');
    expect(await share.take(`${base}/a.nc`, '"one"', join(directory, 'taken'))).toBe(false);
  });

  test('does not trust a file that a job has written into', async () => {
    const cache = await open();
    const path = await fetchFor(cache, 'ann');
    const folder = (await readdir(join(directory, 'cache')))[0]!;
    const name = (await readdir(join(directory, 'cache', folder))).find((each) => !each.endsWith('.json'))!;
    const content = join(directory, 'cache', folder, name);
    expect((await stat(content)).mode & 0o222).toBe(0);
    await chmod(content, 0o644);
    await writeFile(content, '/a.nc 0ne');
    await utimes(content, 1, 1);
    expect(await read(await fetchFor(cache, 'ann'))).toBe('/a.nc one');
    expect(answered).toEqual([200, 304, 200]);
    expect(path).toBeTruthy();
  });

  test('deletes what a killed worker has left half-done, and goes on with the rest', async () => {
    const cache = await open();
    await fetchFor(cache, 'ann');
    const folder = join(directory, 'cache', (await readdir(join(directory, 'cache')))[0]!);
    const whole = (await readdir(folder)).sort();
    await writeFile(join(folder, 'f'.repeat(64)), 'content without an entry');
    await writeFile(join(folder, `${'e'.repeat(64)}.json`), '{"validator"');
    await writeFile(join(folder, 'x.json.123.tmp'), '');
    expect(await read(await fetchFor(await open(), 'ann'))).toBe('/a.nc one');
    expect((await readdir(folder)).sort()).toEqual(whole);
    expect(answered).toEqual([200, 304]);
  });

  test('serves many jobs at once', async () => {
    const cache = await open(40);
    const paths = Array.from({ length: 40 }, (_, job) => `/${job % 5}.nc`);
    const files = await Promise.all(paths.map((path) => fetchFor(cache, 'ann', path)));
    expect(await Promise.all(files.map(read))).toEqual(paths.map((path) => `${path} one`));
    expect(await contents()).toBeLessThanOrEqual(4);
  });

  test.each([
    ['no-store', { etag: '"x"', 'cache-control': 'private, no-store' }],
    ['a weak ETag without a date', { etag: 'W/"x"' }],
    ['a date of just now', { 'last-modified': new Date().toUTCString() }],
  ])('keeps no answer with %s', async (_name, headers) => {
    headersOf = () => headers as Record<string, string>;
    const cache = await open();
    await fetchFor(cache, 'ann');
    await fetchFor(cache, 'ann');
    expect(answered).toEqual([200, 200]);
  });

  test('keeps an answer by its date when that is old enough', async () => {
    headersOf = () => ({ 'last-modified': new Date(0).toUTCString() });
    const cache = await open();
    await fetchFor(cache, 'ann');
    await fetchFor(cache, 'ann');
    expect(answered).toEqual([200, 304]);
  });

  test('of no size is none, and what was there is deleted', async () => {
    await fetchFor(await open(), 'ann');
    expect(await openInputCache({ directory: join(directory, 'cache'), maxBytes: 0, log: () => {} })).toBeUndefined();
    expect(await readdir(directory)).not.toContain('cache');
  });
});
