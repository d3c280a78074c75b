import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

const DOCS = 5000;

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const lines = Array.from({ length: DOCS }, (_, n) => `{"index":{"_id":"${n}"}}\n${source(n)}\n`);
  const properties = { name: { type: 'keyword' }, kind: { type: 'keyword' }, n: { type: 'long' } };
  await api.send('PUT', '/jobs', { mappings: { properties } });
  expect((await api.send('POST', '/jobs/_bulk', lines.join(''))).json.errors).toBe(false);
});

afterAll(() => api.stop());

function source(n: number): string {
  return `{"name":"job ${n} é","kind":"k${n % 3}", "n":${n}.0}`;
}

const SEARCH = {
  size: DOCS,
  sort: [{ n: 'asc' }],
  aggs: {
    names: {
      terms: { field: 'name', size: DOCS, order: { 'n.max': 'desc' } },
      aggs: { kind: { terms: { field: 'kind' } }, n: { stats: { field: 'n' } } },
    },
  },
};

const search = (path = '', headers = {}) => api.send('POST', `/jobs/_search${path}`, SEARCH, headers);

test('a large answer has every hit and bucket in its order, and its length', async () => {
  const { headers, text, json } = await search('', { 'accept-encoding': 'identity' });
  expect(headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  expect(json.hits.hits.map((hit: { _id: string }) => hit._id)).toEqual(Array.from({ length: DOCS }, (_, n) => `${n}`));
  expect(text).toContain(`"_source":${source(4321)}`);
  expect(json.aggregations.names.buckets).toEqual(
    Array.from({ length: DOCS }, (_, at) => {
      const n = DOCS - 1 - at;
      const kind = {
        buckets: [{ key: `k${n % 3}`, doc_count: 1 }],
        doc_count_error_upper_bound: 0,
        sum_other_doc_count: 0,
      };
      return { key: `job ${n} é`, doc_count: 1, kind, n: { count: 1, min: n, max: n, avg: n, sum: n } };
    }),
  );
});

test('it is the same pretty, compressed and filtered', async () => {
  const { json } = await search('', { 'accept-encoding': 'identity' });
  const { hits, aggregations } = json;
  const zipped = await search('', { 'accept-encoding': 'gzip' });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(zipped.json).toEqual({ ...json, took: zipped.json.took });
  expect((await search('?pretty')).json).toMatchObject({ hits, aggregations });
  expect((await search('?filter_path=aggregations.names.buckets,-**.sum_other_doc_count&pretty=false')).json).toEqual({
    aggregations: {
      names: {
        buckets: aggregations.names.buckets.map((bucket: { kind: object }) => ({
          ...bucket,
          kind: { ...bucket.kind, sum_other_doc_count: undefined },
        })),
      },
    },
  });
});

test('what is written meanwhile is answered before, and changes nothing in it', async () => {
  const { json: before } = await search();
  let isAnswered = false;
  const answer = search().finally(() => {
    isAnswered = true;
  });
  let writes = 0;
  for (; !isAnswered; writes++) {
    await api.send('PUT', `/jobs/_doc/${writes % DOCS}`, '{"name":"later","kind":"later","n":-1}', {
      'content-type': 'application/json',
    });
  }
  expect(writes).toBeGreaterThan(3);
  const { json } = await answer;
  const seen = json.hits.hits.filter((hit: { _source: { kind: string } }) => hit._source.kind === 'later').length;
  // Writes before the search came are seen by it, in hits and in buckets alike.
  expect(json.hits.total.value).toBe(DOCS);
  const later = json.aggregations.names.buckets.find((bucket: { key: string }) => bucket.key === 'later');
  expect(later?.doc_count ?? 0).toBe(seen);
  expect(seen).toBeLessThan(writes);
  expect(json.hits.hits.slice(seen).map((hit: { _id: string }) => hit._id)).toEqual(
    before.hits.hits.slice(seen).map((hit: { _id: string }) => hit._id),
  );
});
