import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

const systemKey = 'k'.repeat(40);
const system = { authorization: `ApiKey ${systemKey}` };
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ systemKey });
});
afterAll(() => api.stop());

beforeEach(async () => {
  await block('read_only', null);
  await api.send('PUT', '/jobs/_settings', { 'index.blocks.write': null });
  await api.send('PUT', '/jobs/_doc/1', { n: 1 });
});

const block = (name: string, value: unknown) =>
  api.send('PUT', '/_cluster/settings', { persistent: { [`cluster.blocks.${name}`]: value } });

test('a cluster that users made read-only is written by the system', async () => {
  await block('read_only', true);
  expect((await api.send('PUT', '/jobs/_doc/1', { n: 2 })).status).toBe(403);
  expect((await api.send('PUT', '/jobs/_doc/1', { n: 2 }, system)).status).toBe(200);
  expect((await api.send('POST', '/_bulk', '{"index":{"_index":"workers"}}\n{}\n', system)).json.errors).toBe(false);
  expect((await api.send('PUT', '/_index_template/t', { index_patterns: ['x'] }, system)).status).toBe(200);
  await block('read_only', null);
  expect((await api.send('PUT', '/jobs/_doc/1', { n: 3 })).status).toBe(200);
});

test('whatever a request does to an index of a read-only cluster, nothing changes', async () => {
  await block('read_only', true);
  for (const [method, path, body] of [
    ['POST', '/jobs/_update/1', { doc: { n: 2 } }],
    ['POST', '/jobs/_update_by_query', { script: { source: 'ctx._source.n = 2' } }],
    ['POST', '/jobs/_delete_by_query', { query: { match_all: {} } }],
    ['POST', '/_reindex', { source: { index: 'jobs' }, dest: { index: 'copy' } }],
    ['PUT', '/jobs/_clone/copy', undefined],
    ['POST', '/_aliases', { actions: [{ remove_index: { index: 'jobs' } }] }],
    ['PUT', '/jobs/_block/write', undefined],
    ['POST', '/jobs/_close', undefined],
    ['DELETE', '/jobs', undefined],
  ] as const) {
    const { status, json } = await api.send(method, path, body);
    expect([path, status, json.error?.type]).toEqual([path, 403, 'cluster_block_exception']);
  }
  const { json } = await api.send('GET', '/jobs/_search');
  expect(json.hits.hits).toMatchObject([{ _id: '1', _source: { n: 1 } }]);
  expect((await api.send('GET', '/copy')).status).toBe(404);
});

test('an index that is blocked refuses the system too', async () => {
  await api.send('PUT', '/jobs/_block/write');
  expect((await api.send('PUT', '/jobs/_doc/1', { n: 2 }, system)).status).toBe(403);
});

test('users cannot block what the system alone writes', async () => {
  await api.send('PUT', '/workers/_doc/1', {}, system);
  expect((await api.send('PUT', '/workers/_block/write')).json.error.type).toBe('security_exception');
  expect((await api.send('PUT', '/*/_block/write')).json.indices).toContainEqual({ name: 'jobs', blocked: true });
  expect((await api.send('PUT', '/workers/_doc/1', {}, system)).status).toBe(200);
});
