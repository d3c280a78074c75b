import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '@daybook/search-engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createElasticsearchApi, type ElasticsearchApi } from './index.ts';

let directory: string;
let engine: Engine;
let api: ElasticsearchApi;
/** What every commit waits for before it begins. */
let gate: Promise<void>;
let open: () => void;
let commits: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'durability-'));
  engine = await openEngine({ directory });
  gate = new Promise((resolve) => {
    open = resolve;
  });
  commits = 0;
  const gated = new Proxy(engine, {
    get: (target, name) => {
      if (name === 'commit') {
        return async () => {
          commits += 1;
          await gate;
          return target.commit();
        };
      }
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
  api = await createElasticsearchApi({ engine: gated, port: 0 });
});

afterEach(async () => {
  open();
  await api.close();
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

const send = (method: string, path: string, body: string): Promise<Response> =>
  fetch(`${api.url}${path}`, { method, headers: { 'content-type': 'application/json' }, body });

test('no write is answered before it is on disk', async () => {
  const answered: string[] = [];
  const writes = [
    send('PUT', '/jobs/_doc/1', '{}'),
    send('PUT', '/jobs/_create/2', '{}'),
    send('POST', '/jobs/_update/3', '{"doc":{"a":1},"doc_as_upsert":true}'),
    send('POST', '/jobs/_bulk', '{"index":{"_id":"4"}}\n{}\n'),
    send('POST', '/jobs/_delete_by_query', '{"query":{"ids":{"values":["none"]}}}'),
  ].map((write) => write.then((response) => answered.push(response.url)));
  await expect.poll(() => commits, { timeout: 5000 }).toBe(4);
  expect((await fetch(`${api.url}/jobs/_doc/1`)).status).toBe(200);
  expect(answered.filter((url) => !url.includes('_delete_by_query'))).toEqual([]);
  open();
  await Promise.all(writes);
  expect(answered).toHaveLength(5);
});

test('what was answered is there after the engine was opened again', async () => {
  open();
  expect((await send('PUT', '/jobs/_doc/1', '{"kept":true}')).status).toBe(201);
  await api.close();
  await engine.close();
  engine = await openEngine({ directory });
  api = await createElasticsearchApi({ engine, port: 0 });
  expect(await (await fetch(`${api.url}/jobs/_source/1`)).json()).toEqual({ kept: true });
});

test('closing waits for the requests that run', async () => {
  const write = send('PUT', '/jobs/_doc/1', '{}');
  await expect.poll(() => commits, { timeout: 5000 }).toBe(1);
  const closing = api.close();
  open();
  expect((await write).status).toBe(201);
  await closing;
  await expect(fetch(api.url)).rejects.toThrow();
  api = await createElasticsearchApi({ engine, port: 0 });
});
