import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verdict } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeBody } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let job: string;
const text = 'time,channel,kelvin\n';

beforeAll(async () => {
  test = await startTestAdes();
  const process = await test.deployL1b();
  const submitted = await test.call('POST', `/processes/${process}/jobs`, executeBody());
  job = String(submitted.headers.location).split('/').at(-1)!;

  const source = join(test.directory, 'job');
  await mkdir(join(source, 'product', 'sub'), { recursive: true });
  await writeFile(join(source, 'l1b.csv'), text);
  await writeFile(join(source, 'product', 'page.html'), '<script>alert(1)</script>');
  await writeFile(join(source, 'product', 'sub', 'deep.bin'), 'deep');
  await writeFile(join(test.directory, 'secret'), 'secret');
  const staged = await test.outputStore.stage(job, 1, { ownedRoot: source });
  await staged.add(join(source, 'l1b.csv'), ['table', 'l1b.csv']);
  await staged.add(join(source, 'product'), ['tree', 'product']);
  await staged.publish();
  const base = `http://localhost:5001/jobs/${job}/outputs`;
  test.memory.apply(
    verdict({
      id: job,
      attempt: 1,
      status: 'succeeded',
      outputs: { table: `${base}/table/l1b.csv`, tree: `${base}/tree/product`, count: `${base}/count` },
      results: {
        table: { class: 'File', location: `${base}/table/l1b.csv`, basename: 'l1b.csv', checksum: 'sha1$abc' },
        tree: { class: 'Directory', location: `${base}/tree/product`, basename: 'product' },
        count: 5,
        name: 'ATMS',
      },
    }),
  );
});
afterAll(() => test.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  test.call(method, `/jobs/${job}/outputs/${path}`, undefined, headers);

describe('a file', () => {
  it('has its type, length and checksum, under its own URL and that of its output', async () => {
    for (const path of ['table/l1b.csv', 'table']) {
      const answer = await get(path);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(text);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-length': String(text.length),
        'accept-ranges': 'bytes',
        etag: '"sha1$abc"',
      });
    }
  });

  it('is sent in part, and not at all where it is known', async () => {
    const part = await get('table/l1b.csv', { range: 'bytes=5-11' });
    expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, 'channel', 'bytes 5-11/20']);
    const stale = await get('table/l1b.csv', { range: 'bytes=5-11', 'if-range': '"other"' });
    expect([stale.statusCode, stale.body]).toEqual([200, text]);
    const beyond = await get('table/l1b.csv', { range: 'bytes=99-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, 'bytes */20']);
    const known = await get('table/l1b.csv', { 'if-none-match': '"x", "sha1$abc"' });
    expect([known.statusCode, known.body]).toEqual([304, '']);
  });

  it('answers HEAD without its content', async () => {
    const answer = await get('table/l1b.csv', {}, 'HEAD');
    expect([answer.statusCode, answer.body, answer.headers['content-length']]).toEqual([200, '', String(text.length)]);
  });

  it('that is a page cannot act as one of the server', async () => {
    const answer = await get('tree/product/page.html');
    expect(answer.headers['content-security-policy']).toBe('sandbox');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('a directory', () => {
  it('is listed page by page, each entry with its URL', async () => {
    const base = `http://localhost:5001/jobs/${job}/outputs/tree/product`;
    for (const path of ['tree', 'tree/product', 'tree/product/']) {
      expect((await get(path)).json()).toEqual({
        entries: [
          { name: 'page.html', kind: 'file', size: 25, href: `${base}/page.html` },
          { name: 'sub', kind: 'directory', href: `${base}/sub` },
        ],
        links: [{ href: base, rel: 'self', type: 'application/json' }],
      });
    }
    const first = (await get('tree/product?limit=1')).json();
    expect(first.entries.map((entry: { name: string }) => entry.name)).toEqual(['page.html']);
    const next = new URL(first.links.find((link: { rel: string }) => link.rel === 'next').href);
    const second = (await test.call('GET', next.pathname + next.search)).json();
    expect(second.entries.map((entry: { name: string }) => entry.name)).toEqual(['sub']);
    expect((await get('tree/product/sub/deep.bin')).body).toBe('deep');
  });
});

it('gives a literal as its JSON value', async () => {
  const count = await get('count');
  expect([count.body, count.headers['content-type']]).toEqual(['5', 'application/json; charset=utf-8']);
  expect((await get('name')).json()).toBe('ATMS');
});

it.each([
  'none',
  'table/none',
  'table/l1b.csv/x',
  '../../secret',
  '%2e%2e/%2e%2e/secret',
  'tree/..%2f..%2f..%2fsecret',
])('has nothing at %s', async (path) => {
  const answer = await get(path);
  expect(answer.statusCode).toBe(404);
  expect(answer.body).not.toContain('"secret"');
  expect(answer.json()).toMatchObject({ status: 404, title: 'Not Found', detail: expect.any(String) });
});

it('is gone once the job is deleted', async () => {
  await test.call('DELETE', `/jobs/${job}`);
  expect((await get('table/l1b.csv')).statusCode).toBe(410);
});
