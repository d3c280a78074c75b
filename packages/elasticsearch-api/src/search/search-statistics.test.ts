import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.send('PUT', '/a/_doc/1', { n: 1 });
  await api.send('PUT', '/b/_doc/1', { n: 1 });
});

afterAll(() => api.stop());

test('searches are counted by index and by the groups that they name', async () => {
  await api.send('POST', '/a,b/_search', { stats: ['red', 'blue'] });
  await api.send('POST', '/a/_search?stats=red', { size: 0 });
  const { json } = await api.send('GET', '/_stats/search?groups=r*');
  expect(json._all.total.search).toMatchObject({ query_total: 3, fetch_total: 3 });
  expect(Object.keys(json._all.total.search.groups)).toEqual(['red']);
  expect(json._all.total.search.groups.red).toMatchObject({ query_total: 3, fetch_total: 3 });
  expect(json.indices.b.total.search).toMatchObject({ query_total: 1 });
  const { json: without } = await api.send('GET', '/a/_stats/search');
  expect(without._all.total.search.groups).toBeUndefined();
});

test('what nodes tell of other things than indices counts none of them', async () => {
  const { json } = await api.send('GET', '/_nodes/stats/os');
  const [node] = Object.values(json.nodes) as Record<string, unknown>[];
  expect([node?.os === undefined, node?.indices]).toEqual([false, undefined]);
});

test('more than a hundred groups of one search are refused', async () => {
  const stats = Array.from({ length: 101 }, (_, at) => String(at));
  expect((await api.send('POST', '/a/_search', { stats })).status).toBe(400);
  expect((await api.send('POST', `/a/_search?stats=${'x'.repeat(300)}`, {})).status).toBe(400);
});

test('groups beyond a thousand are not told', async () => {
  for (let first = 0; first < 1100; first += 100) {
    const stats = Array.from({ length: 100 }, (_, at) => `group-${first + at}`);
    await api.send('POST', '/b/_search', { stats });
  }
  const { json } = await api.send('GET', '/b/_stats/search?groups=*');
  expect(Object.keys(json._all.total.search.groups)).toHaveLength(1000);
});
