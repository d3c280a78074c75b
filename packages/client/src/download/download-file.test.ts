import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTransport, type Transport } from '../ades/transport.ts';
import { downloadFile } from './download-file.ts';

const content = randomBytes(300_000);
const etag = `"sha1$${createHash('sha1').update(content).digest('hex')}"`;
const file = { path: '/file', sizeBytes: content.length, etag };
const { signal } = new AbortController();

let folder: string;
let server: Server;
let ades: Transport;
/** Ranges that were asked for. */
let ranges: (string | undefined)[];
/** How many bytes a response has before its connection breaks. */
let breakAfter: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-download-'));
  ranges = [];
  breakAfter = content.length;
  server = createServer((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const start = range === undefined || request.headers['if-range'] !== etag ? 0 : Number(/\d+/.exec(range)?.[0]);
    response.writeHead(start === 0 ? 200 : 206, { 'content-length': content.length - start });
    const end = Math.min(content.length, start + breakAfter);
    response.write(content.subarray(start, end), () => (end < content.length ? response.destroy() : response.end()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ades = createTransport({ url, signal, notice: () => {} });
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const download = (target: string, about = file): Promise<boolean> =>
  downloadFile(ades, about, target, { signal, received: () => {} });

it('a download whose connection breaks goes on where it was, and leaves nothing but the file', async () => {
  breakAfter = 130_000;
  const target = join(folder, 'deep/file');
  expect(await download(target)).toBe(true);
  expect(readFileSync(target).equals(content)).toBe(true);
  expect(ranges[0]).toBeUndefined();
  expect(ranges.some((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['file']);
});

it('a file that is there already is not asked for', async () => {
  const target = join(folder, 'file');
  await download(target);
  expect(await download(target)).toBe(false);
  expect(ranges).toHaveLength(1);
});

it('what was begun of another version is not gone on with', async () => {
  const target = join(folder, 'file');
  breakAfter = 0;
  await expect(download(target)).rejects.toThrow();
  const [part = ''] = readdirSync(folder);
  writeFileSync(join(folder, part), 'of the first version');
  breakAfter = content.length;
  const other = `"sha1$${'0'.repeat(40)}"`;
  await expect(download(target, { ...file, etag: other })).rejects.toThrow(
    /did not arrive whole \(its checksum is another\)/,
  );
  expect(ranges.at(-1)).toBeUndefined();
});

it('an empty file is downloaded too', async () => {
  breakAfter = 0;
  const empty = createServer((_request, response) => response.writeHead(200, { 'content-length': 0 }).end());
  await new Promise<void>((resolve) => empty.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(empty.address() as AddressInfo).port}`;
  const target = join(folder, 'empty');
  const about = { path: '/', sizeBytes: 0, etag: '"x"' };
  await downloadFile(createTransport({ url, signal, notice: () => {} }), about, target, { signal, received: () => {} });
  expect(readFileSync(target).length).toBe(0);
  empty.close();
});
