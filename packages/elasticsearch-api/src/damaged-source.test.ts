import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '@daybook/search-engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createElasticsearchApi, type ElasticsearchApi } from './index.ts';

const NONE = { mappings: {}, settings: {}, aliases: {} };
let directory: string;
let engine: Engine;
let api: ElasticsearchApi;

/** A server whose index `jobs` has a damaged document `bad` beside `good`, and whose index `other` is intact. */
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'damaged-source-'));
  const first = await openEngine({ directory });
  for (const [name, id] of [
    ['jobs', 'bad'],
    ['jobs', 'good'],
    ['other', 'good'],
  ] as const) {
    const index = first.index(name) ?? (await first.createIndex(name, NONE));
    index.write({ type: 'index', id, source: Buffer.from(`{"state":"it is ${id}"}`) });
  }
  await first.close();
  const log = join(directory, 'translog/0000000001.log');
  const bytes = await readFile(log);
  bytes[bytes.indexOf('it is bad')]! ^= 1;
  await writeFile(log, bytes);
  engine = await openEngine({ directory });
  api = await createElasticsearchApi({ engine, port: 0 });
});

afterEach(async () => {
  await api.close();
  await engine.close();
  await rm(directory, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: answers have as many shapes as there are APIs
async function send(method: string, path: string, body?: string): Promise<{ status: number; json: any }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${api.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, json: await response.json() };
}

const damaged = {
  type: 'corrupt_index_exception',
  reason: expect.stringMatching(/document \[bad\] of index \[jobs\] cannot be read: .*0000000001\.log is damaged/),
};

test('a damaged document is answered with an error of its own, whoever reads it', async () => {
  const got = await send('GET', '/jobs/_doc/bad');
  expect(got).toMatchObject({ status: 500, json: { error: damaged, status: 500 } });
  expect((await send('GET', '/jobs/_source/bad')).status).toBe(500);
  const { json } = await send('POST', '/jobs/_mget', '{"ids":["bad","good"]}');
  expect(json.docs).toMatchObject([{ _id: 'bad', error: damaged }, { _source: { state: 'it is good' } }]);
  const bulk = '{"update":{"_id":"bad"}}\n{"doc":{"n":1}}\n{"update":{"_id":"good"}}\n{"doc":{"n":1}}\n';
  const { items } = (await send('POST', '/jobs/_bulk', bulk)).json;
  expect(items).toMatchObject([{ update: { status: 500, error: damaged } }, { update: { status: 200 } }]);
});

test('a search that finds a damaged document fails in its index alone', async () => {
  const all = await send('GET', '/jobs/_search');
  expect(all.status).toBe(500);
  expect(all.json.error).toMatchObject({
    type: 'search_phase_execution_exception',
    reason: 'all shards failed',
    root_cause: [damaged],
    failed_shards: [{ shard: 0, index: 'jobs', reason: damaged }],
  });
  const { status, json } = await send('GET', '/jobs,other/_search');
  expect(status).toBe(200);
  expect(json._shards).toMatchObject({
    total: 2,
    successful: 1,
    failed: 1,
    failures: [{ index: 'jobs', reason: damaged }],
  });
  expect(json.hits.hits).toMatchObject([{ _index: 'other', _id: 'good' }]);
});

test('what needs no source of it goes on, and a damaged document can be replaced', async () => {
  expect((await send('GET', '/jobs/_search?q=state:good')).json.hits.total.value).toBe(1);
  expect((await send('GET', '/jobs/_count?q=state:bad')).json.count).toBe(1);
  expect((await send('PUT', '/jobs/_doc/bad', '{"state":"mended"}')).status).toBe(200);
  expect((await send('GET', '/jobs/_doc/bad')).json._source).toEqual({ state: 'mended' });
});
