import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@daybook/cwl';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stageIn } from './stage-in.ts';

const CONTENT = 'measured '.repeat(200_000);
const OPTIONS = { allowPrivateAddresses: true, allowedHosts: [], maxBytes: 2 ** 22, timeLimitMs: 20_000 };

let server: Server;
let base: string;
let directory: string;
let listener: RequestListener;
let requests: { url: string; range: string | undefined }[];

beforeEach(async () => {
  requests = [];
  listener = (_request, response) => response.end(CONTENT);
  server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', range: request.headers.range });
    listener(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  directory = await mkdtemp(join(tmpdir(), 'stage-in-'));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await rm(directory, { recursive: true });
});

const file = (path: string, more: JsonObject = {}): JsonObject => ({
  class: 'File',
  location: `${base}${path}`,
  ...more,
});
const stage = async (
  value: JsonObject,
  options: Partial<typeof OPTIONS> = {},
  signal = new AbortController().signal,
) => {
  const [staged] = await stageIn([value] as const, directory, { ...OPTIONS, ...options }, signal);
  return staged;
};
const read = (staged: unknown) => readFile(fileURLToPath((staged as { location: string }).location), 'utf8');

describe('stage-in', () => {
  test('fetches files wherever they stand, each URL once, under its own name', async () => {
    const order = {
      one: file('/a%20b.nc', { secondaryFiles: [file('/a.idx')] }),
      many: [file('/a%20b.nc'), { class: 'Directory', listing: [file('/x', { basename: 'y.txt' })] }],
      other: { class: 'File', contents: 'literal' },
      text: `${base}/not-a-file`,
    };
    const staged = (await stage(order)) as typeof order;
    expect(requests.map(({ url }) => url).sort()).toEqual(['/a%20b.nc', '/a.idx', '/x']);
    expect(await read(staged.one)).toBe(CONTENT);
    expect(String(staged.one.location)).toMatch(/^file:.*\/a%20b\.nc$/);
    expect((staged.many[0] as JsonObject).location).toBe(staged.one.location);
    expect(JSON.stringify(staged.many[1])).toMatch(/\/y\.txt"/);
    expect([staged.other, staged.text]).toEqual([order.other, order.text]);
  });

  test('keeps files of one name apart', async () => {
    listener = (request, response) => response.end(request.url);
    const staged = (await stage({ a: file('/1/x.nc'), b: file('/2/x.nc') })) as JsonObject;
    expect([await read(staged.a), await read(staged.b)]).toEqual(['/1/x.nc', '/2/x.nc']);
  });

  test('takes up a broken connection where it broke', async () => {
    listener = (request, response) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const rest = CONTENT.slice(from);
      response.writeHead(from === 0 ? 200 : 206, {
        etag: '"v1"',
        'content-length': rest.length,
        ...(from > 0 && { 'content-range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` }),
      });
      if (requests.length > 3) response.end(rest);
      else response.write(rest.slice(0, 600_000), () => response.socket?.end());
    };
    const staged = (await stage({ a: file('/a') })) as JsonObject;
    expect((await read(staged.a)) === CONTENT).toBe(true);
    const ranges = requests.map(({ range }) => range);
    expect(ranges.some((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  });

  test('begins anew where the file has changed meanwhile', async () => {
    listener = (_request, response) => {
      const first = requests.length === 1;
      response.writeHead(200, { etag: `"v${requests.length}"`, 'content-length': 9 });
      if (first) response.write('older', () => setImmediate(() => response.destroy()));
      else response.end('the newer');
    };
    expect(await read(((await stage({ a: file('/a') })) as JsonObject).a)).toBe('the newer');
  });

  test('tries again while the server is busy', async () => {
    listener = (_request, response) => {
      response.statusCode = requests.length === 1 ? 503 : 200;
      response.end('late');
    };
    expect(await read(((await stage({ a: file('/a') })) as JsonObject).a)).toBe('late');
  });

  test('checks what a file says of its content', async () => {
    const sha1 = createHash('sha1').update(CONTENT).digest('hex');
    await stage({ a: file('/a', { checksum: `sha1$${sha1}`, size: CONTENT.length }) });
    for (const [wrong, reason] of [
      [{ checksum: `sha1$${'0'.repeat(40)}` }, /checksum is sha1\$/],
      [{ checksum: 'rot13$abc' }, /no known kind/],
      [{ size: 7 }, /expected 7/],
    ] as const) {
      await expect(stage({ a: file('/a', wrong) })).rejects.toMatchObject({
        code: 'invalid-argument',
        message: expect.stringMatching(reason),
      });
    }
  });

  test('names the URL, without its secrets, and the reason', async () => {
    listener = (_request, response) => {
      response.statusCode = 404;
      response.end();
    };
    const location = `${base.replace('//', '//user:secret@')}/gone.nc?signature=secret`;
    await expect(stage({ a: { class: 'File', location } })).rejects.toMatchObject({
      code: 'not-found',
      message: `The input ${base}/gone.nc could not be fetched: the server answered 404`,
    });
  });

  test('refuses private addresses, also behind a redirect and a name', async () => {
    const strict = { allowPrivateAddresses: false };
    for (const url of [base, base.replace('127.0.0.1', 'localhost'), base.replace('127.0.0.1', '[::1]')]) {
      await expect(stage({ a: { class: 'File', location: `${url}/x` } }, strict)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringContaining('not a public address'),
      });
    }
    expect(requests).toEqual([]);
    const named = { ...strict, allowedHosts: ['localhost'] as never[] };
    listener = (_request, response) => response.writeHead(302, { location: `${base}/x` }).end();
    const location = `${base.replace('127.0.0.1', 'localhost')}/x`;
    await expect(stage({ a: { class: 'File', location } }, named)).rejects.toMatchObject({ code: 'forbidden' });
    expect(requests).toHaveLength(1);
  });

  test('ends at its limits of bytes and time, whatever the server announces', async () => {
    listener = (_request, response) => {
      response.write(CONTENT);
      response.end();
    };
    await expect(stage({ a: file('/a') }, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'limit-exceeded' });
    listener = (_request, response) => void response.write('x');
    await expect(stage({ a: file('/a') }, { timeLimitMs: 200 })).rejects.toMatchObject({ code: 'limit-exceeded' });
  });

  test('ends with the signal', async () => {
    const controller = new AbortController();
    listener = (_request, response) => {
      response.write('x');
      controller.abort(new Error('dismissed'));
    };
    await expect(stage({ a: file('/a') }, {}, controller.signal)).rejects.toThrow('dismissed');
  });

  test('refuses a Directory of which nobody knows the files', async () => {
    const value = { a: { class: 'Directory', location: `${base}/folder/` } };
    await expect(stage(value)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('/folder/'),
    });
  });
});
