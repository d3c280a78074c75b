import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';
import { documents, mappings } from './support/documents.ts';

/** A page that somebody serves on this machine. */
const origin = 'http://localhost:8080';

let database: Database;
let send: Send;

beforeAll(async () => {
  database = await startDatabase();
  send = sender(database.url, { origin });
  await send('PUT', '/runs', { mappings });
  const lines = documents.flatMap((document) => [{ index: { _id: document.id } }, document]);
  await send('POST', '/runs/_bulk', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(() => database.stop());

/** The page takes any other type than this one for "true". */
async function json(method: string, path: string, body?: unknown) {
  const answer = await send(method, path, body);
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
  return answer.json;
}

describe('Elasticvue', () => {
  test('connects', async () => {
    const info = await json('GET', '/');
    expect(info.version.number[0]).toBe('7');
    expect((await json('POST', '/_search', { size: 0 })).hits.total.value).toBeGreaterThanOrEqual(documents.length);
    expect((await json('GET', '/_cluster/health')).status).toBe('green');
  });

  test('shows the home screen', async () => {
    const stats = await json('GET', '/_cluster/stats');
    expect(stats.nodes.count).toMatchObject({ total: 1, master: 1, data: 1 });
    expect(stats.indices).toMatchObject({
      count: expect.any(Number),
      shards: { total: expect.any(Number), primaries: expect.any(Number) },
      docs: { count: expect.any(Number) },
      store: { size_in_bytes: expect.any(Number) },
    });
  });

  test('shows the nodes, whose identifiers are the same in the table and in the list', async () => {
    const columns =
      'ip,id,name,heap.percent,heap.current,heap.max,ram.percent,ram.current,ram.max,node.role,master,cpu,load_1m,' +
      'load_5m,load_15m,disk.used_percent,disk.used,disk.total,version';
    const [row] = await json('GET', `/_cat/nodes?h=${columns}&full_id=true&format=json`);
    expect(Object.keys(row).sort()).toEqual(columns.split(',').sort());
    expect(row['node.role']).toMatch(/m/);
    expect(Object.keys((await json('GET', '/_nodes')).nodes)).toEqual([row.id]);
  });

  test('shows the shards', async () => {
    const indices = await json('GET', '/_cat/indices/?h=index,health,pri,rep&s=health:desc,index&format=json');
    expect(indices.map((row: { index: string }) => row.index)).toContain('runs');
    const shards = await json('GET', '/_cat/shards/?h=index,shard,prirep,state,docs,store,ip,node&format=json');
    expect(shards.find((row: { index: string }) => row.index === 'runs')).toMatchObject({
      shard: '0',
      prirep: 'p',
      state: 'STARTED',
      docs: String(documents.length),
    });
    expect(await json('GET', '/_cat/nodes?h=name&format=json')).toHaveLength(1);
    expect((await json('GET', '/_recovery')).runs).toBeDefined();
  });

  test('lists the indices with their aliases', async () => {
    const path = '/_cat/indices/?h=index,health,status,uuid,pri,rep,docs.count,store.size,sc,cd&bytes=b&format=json';
    const row = (await json('GET', path)).find((each: { index: string }) => each.index === 'runs');
    expect(row).toMatchObject({ health: 'green', status: 'open', pri: '1', rep: '0', 'docs.count': '6' });
    expect(Number(row['store.size'])).toBeGreaterThan(0);
    expect(Number(row.sc ?? row.cd)).toBeGreaterThan(0);
    expect(await json('GET', '/runs/_alias')).toEqual({ runs: { aliases: {} } });
    expect((await json('GET', `${path}&expand_wildcards=all`)).length).toBeGreaterThan(0);
  });

  test('works on an index from its menu', async () => {
    await json('PUT', '/menu', { settings: { index: { number_of_shards: '1', number_of_replicas: '0' } } });
    await json('PUT', '/menu/_alias/menu-alias');
    const { task } = await json('POST', '/_reindex?wait_for_completion=false', {
      source: { index: 'runs' },
      dest: { index: 'menu' },
    });
    for (;;) if ((await json('GET', `/_tasks/${task}`)).completed) break;
    await json('PUT', '/menu/_settings', { 'index.blocks.write': true });
    await json('POST', '/menu/_clone/menu-copy');
    await json('PUT', '/menu/_settings', { 'index.blocks.write': null });
    for (const verb of ['_close', '_open', '_refresh', '_flush', '_cache/clear', '_forcemerge']) {
      await json('POST', `/menu/${verb}`);
    }
    expect((await json('GET', '/menu/_stats')).indices.menu).toBeDefined();
    expect((await json('GET', '/menu/_settings')).menu.settings.index.provided_name).toBe('menu');
    const emptied = await json('POST', '/menu/_delete_by_query?refresh=true', { query: { match_all: {} } });
    expect(emptied.deleted).toBe(documents.length);
    await json('DELETE', '/menu/_alias/menu-alias');
    await json('DELETE', '/menu,menu-copy');
  });

  test('searches and edits a document', async () => {
    const query = { query_string: { query: '*', fields: ['*', '*.*'] } };
    const found = await json('POST', '/runs/_search', { query, size: 10, from: 0, sort: [] });
    expect(found.hits.total.value).toBe(documents.length);
    expect(Object.keys((await json('GET', '/runs')).runs)).toEqual(['aliases', 'mappings', 'settings']);
    expect(await json('GET', '/_cat/indices/?index=runs&h=index&format=json')).toEqual([{ index: 'runs' }]);
    const [{ _id: id }] = found.hits.hits;
    const { _source } = await json('GET', `/runs/_doc/${id}`);
    await json('PUT', `/runs/_doc/${id}?refresh=true`, { ..._source, note: 'edited' });
    expect(
      (await json('POST', '/runs/_search', { query: { query_string: { query: 'edited' } } })).hits.total.value,
    ).toBe(1);
    await json('DELETE', `/runs/_doc/${id}`);
  });

  test('shows templates and repositories', async () => {
    for (const path of ['/_template', '/_index_template', '/_snapshot']) await json('GET', path);
  });

  test('reads an error, whose answer a page may see as well', async () => {
    const answer = await send('POST', '/runs/_search', { query: { nonsense: {} } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.json.error.root_cause[0].reason).toContain('nonsense');
  });
});

describe('a page on this machine', () => {
  const endpoints = ['/', '/_search', '/_cat/indices', '/runs', '/runs/_doc/1', '/runs/_bulk', '/no/such/path/at/all'];

  test.each([
    'http://localhost',
    'http://localhost:8080',
    'http://127.0.0.1:3000',
    'http://[::1]:5173',
    'https://vue.localhost',
  ])('of the origin %s passes every preflight', async (loopback) => {
    for (const path of endpoints) {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await send('OPTIONS', path, undefined, {
          origin: loopback,
          'access-control-request-method': method,
          'access-control-request-headers': 'content-type,authorization',
        });
        const where = `${method} ${path}`;
        expect(answer.status, where).toBe(200);
        expect(answer.headers.get('access-control-allow-origin'), where).toBe(loopback);
        expect(answer.headers.get('access-control-allow-methods')?.split(', '), where).toContain(method);
        const allowed = answer.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
        expect(allowed, where).toEqual(expect.arrayContaining(['content-type', 'authorization']));
      }
    }
  });

  test.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'http://192.168.0.9', 'file://'])(
    'of the origin %s passes none',
    async (foreign) => {
      for (const path of endpoints) {
        const answer = await send('OPTIONS', path, undefined, {
          origin: foreign,
          'access-control-request-method': 'GET',
        });
        expect(answer.status, path).toBe(403);
        expect(answer.headers.get('access-control-allow-origin'), path).toBeNull();
      }
    },
  );
});
