import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;
type Counts = Readonly<Record<string, number>>;

beforeAll(async () => {
  api = await startApi();
  await api.send('PUT', '/j', { mappings: { properties: { n: { type: 'integer' } } } });
});
afterAll(() => api.stop());

async function counts(): Promise<Counts> {
  const { json } = await api.send('GET', '/j/_stats/indexing,get,search,refresh,flush');
  const metrics = Object.entries(json._all.total) as [string, Record<string, number>][];
  const named = metrics.flatMap(([metric, values]) =>
    Object.entries(values)
      .filter(([name, value]) => typeof value === 'number' && !name.includes('millis'))
      .map(([name, value]): [string, number] => [`${metric}.${name}`, value]),
  );
  return Object.fromEntries(named);
}

/** What a request changed. */
async function changed(method: string, path: string, body?: unknown): Promise<Counts> {
  const before = await counts();
  await api.send(method, path, body);
  const after = await counts();
  return Object.fromEntries(
    Object.keys(after)
      .filter((name) => after[name] !== before[name])
      .map((name) => [name, after[name]! - before[name]!]),
  );
}

const found = { 'get.total': 1, 'get.exists_total': 1 };
const missing = { 'get.total': 1, 'get.missing_total': 1 };
const searched = { 'search.query_total': 1, 'search.fetch_total': 1 };
const refreshed = { 'refresh.total': 1, 'refresh.external_total': 1 };
const opened = { 'search.open_contexts': 1, 'search.scroll_current': 1 };

// The differences that the real product's own counters show for the same requests.
test.each([
  ['PUT', '/j/_doc/1', { n: 1 }, { 'indexing.index_total': 1 }],
  ['PUT', '/j/_doc/1?refresh=true', { n: 1 }, { 'indexing.index_total': 1, ...refreshed }],
  ['PUT', '/j/_create/1', { n: 2 }, { 'indexing.index_failed': 1 }],
  ['PUT', '/j/_doc/1', { n: 'no number' }, {}],
  ['POST', '/j/_update/1', { doc: { n: 3 } }, { 'indexing.index_total': 1, ...found }],
  ['POST', '/j/_update/1?refresh=true', { doc: { n: 3 } }, { 'indexing.noop_update_total': 1, ...found }],
  ['POST', '/j/_update/9', { doc: { n: 3 } }, missing],
  ['POST', '/j/_update/2', { doc: { n: 3 }, doc_as_upsert: true }, { 'indexing.index_total': 1, ...missing }],
  ['DELETE', '/j/_doc/2', undefined, { 'indexing.delete_total': 1 }],
  ['DELETE', '/j/_doc/2', undefined, { 'indexing.delete_total': 1 }],
  ['DELETE', '/j/_doc/1?if_seq_no=99&if_primary_term=1', undefined, {}],
  [
    'POST',
    '/j/_bulk?refresh=true',
    '{"index":{"_id":"5"}}\n{"n":1}\n{"update":{"_id":"5"}}\n{"doc":{"n":1}}\n{"delete":{"_id":"6"}}\n{"create":{"_id":"1"}}\n{}\n',
    { 'indexing.index_total': 1, 'indexing.delete_total': 1, 'indexing.index_failed': 1, ...found, ...refreshed },
  ],
  ['GET', '/j/_doc/1', undefined, found],
  ['GET', '/j/_source/none', undefined, missing],
  ['POST', '/j/_mget', { ids: ['1', '5', 'none'] }, { 'get.total': 3, 'get.exists_total': 2, 'get.missing_total': 1 }],
  ['POST', '/j/_explain/1', { query: { match_all: {} } }, {}],
  ['POST', '/j/_search', { size: 0 }, searched],
  ['POST', '/j/_search', { sort: ['nothing'] }, {}],
  ['GET', '/j/_count', undefined, searched],
  ['POST', '/j/_msearch', '{}\n{}\n{}\n{}\n', { 'search.query_total': 2, 'search.fetch_total': 2 }],
  ['POST', '/j/_search?scroll=1m', { size: 1 }, { ...searched, ...opened }],
  [
    'DELETE',
    '/_search/scroll/_all',
    undefined,
    { 'search.open_contexts': -1, 'search.scroll_current': -1, 'search.scroll_total': 1 },
  ],
  ['POST', '/j/_pit?keep_alive=1m', undefined, { 'search.open_contexts': 1 }],
  [
    'POST',
    '/j/_update_by_query?refresh=true',
    undefined,
    {
      'indexing.index_total': 2,
      'search.query_total': 2,
      'search.fetch_total': 2,
      'search.scroll_total': 1,
      ...refreshed,
    },
  ],
  ['POST', '/j/_refresh', undefined, refreshed],
  ['POST', '/j/_flush', undefined, { 'flush.total': 1 }],
])('%s %s %j counts', async (method, path, body, expected) => {
  expect(await changed(method, path, body)).toEqual(expected);
});

test('what the node tells of its own counts goes up', async () => {
  const { json } = await api.send('GET', '/_nodes/stats/http,process,jvm,indices');
  const [node] = Object.values(json.nodes) as { [metric: string]: Record<string, unknown> }[];
  expect(node?.http?.current_open).toBeGreaterThan(0);
  expect(node?.http?.total_opened).toBeGreaterThanOrEqual(Number(node?.http?.current_open));
  expect(node?.process?.open_file_descriptors).not.toBe(0);
  expect(node?.indices?.get).toMatchObject({ missing_total: 4 });
  expect(node?.jvm).toMatchObject({ gc: { collectors: { young: {}, old: {} } } });
});
