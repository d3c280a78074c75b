import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const properties = {
    t: { type: 'text', term_vector: 'with_positions' },
    u: { type: 'text' },
    k: { type: 'keyword' },
    n: { type: 'long' },
  };
  await api.send('PUT', '/docs', { mappings: { properties } });
  await api.send('PUT', '/docs/_doc/1', { t: 'b a b', u: ['Hello big world', 'hello again'], k: ['y', 'x'], n: 5 });
  await api.send('PUT', '/docs/_doc/2', { t: 'a', u: 'hello' });
});

afterAll(() => api.stop());

const statistics = { sum_doc_freq: 5, doc_count: 2, sum_ttf: 6 };

test('of a document of the index, fields whose mapping keeps vectors are told, as it keeps them', async () => {
  const { json } = await api.send('GET', '/docs/_termvectors/1');
  expect(json).toMatchObject({ _index: 'docs', _id: '1', _version: 1, found: true });
  expect(json.term_vectors).toEqual({
    t: {
      field_statistics: { sum_doc_freq: 3, doc_count: 2, sum_ttf: 4 },
      terms: {
        a: { term_freq: 1, tokens: [{ position: 1 }] },
        b: { term_freq: 2, tokens: [{ position: 0 }, { position: 2 }] },
      },
    },
  });
  expect((await api.send('GET', '/docs/_termvectors/9')).json).toMatchObject({ found: false, _version: 0 });
});

test('fields that are named are taken apart again, with what the index knows of their terms', async () => {
  const { json } = await api.send('GET', '/docs/_termvectors/1?fields=u,k,n,missing&term_statistics=true');
  expect(Object.keys(json.term_vectors)).toEqual(['k', 'u']);
  const { u } = json.term_vectors;
  expect(u.field_statistics).toEqual(statistics);
  expect(u.terms.hello).toEqual({
    doc_freq: 2,
    ttf: 3,
    term_freq: 2,
    tokens: [
      { position: 0, start_offset: 0, end_offset: 5 },
      { position: 103, start_offset: 16, end_offset: 21 },
    ],
  });
  expect(json.term_vectors.k.terms.x).toMatchObject({ doc_freq: 1, ttf: 1, term_freq: 1 });
});

test('a document need not be in the index, and may be analysed otherwise', async () => {
  const body = { doc: { u: 'Hello New' }, per_field_analyzer: { u: 'keyword' }, positions: false };
  const { json } = await api.send('POST', '/docs/_termvectors', body);
  expect(json).toMatchObject({ _index: 'docs', _version: 0, found: true });
  expect(json.term_vectors.u).toEqual({
    field_statistics: statistics,
    terms: { 'Hello New': { term_freq: 1, tokens: [{ start_offset: 0, end_offset: 9 }] } },
  });
});

test('a filter keeps the terms that tell most', async () => {
  const body = { fields: ['u'], filter: { max_num_terms: 2 }, offsets: false, positions: false };
  const { json } = await api.send('POST', '/docs/_termvectors/1', body);
  expect(json.term_vectors.u.terms).toEqual({
    big: { term_freq: 1, score: 1.4054651 },
    hello: { term_freq: 2, score: 2 },
  });
});

test.each([
  ['/docs/_termvectors/1', { foo: 1 }, 400, 'parse_exception', 'unknown field [foo]'],
  ['/docs/_termvectors/1', { fields: 'u' }, 400, 'parse_exception', 'field [fields] must be an array'],
  ['/docs/_termvectors/1', { doc: {} }, 400, 'parse_exception', 'either [id] or [doc] can be specified, but not both!'],
  ['/docs/_termvectors/1', { filter: { foo: 1 } }, 400, 'parse_exception', 'the field [foo] is not valid for filter'],
  ['/docs/_termvectors', {}, 400, 'action_request_validation_exception', 'id or doc is missing'],
  ['/docs/_termvectors', { doc: { n: 'x' } }, 500, 'exception', 'failed to execute term vector request'],
  ['/docs/_termvectors/1', { version: 7 }, 500, 'exception', 'failed to execute term vector request'],
  ['/none/_termvectors/1', {}, 404, 'index_not_found_exception', 'no such index [none]'],
  ['/docs/_mtermvectors', {}, 400, 'action_request_validation_exception', 'no documents requested'],
  ['/_mtermvectors', { docs: [{ _id: '1' }] }, 400, 'action_request_validation_exception', 'index is missing'],
])('%s %j is refused', async (path, body, expected, type, reason) => {
  const { status, json } = await api.send('POST', path, body);
  expect([status, json.error.type]).toEqual([expected, type]);
  expect(json.error.reason).toContain(reason);
});

test('each of several documents has its own outcome', async () => {
  const body = {
    ids: ['1', '9'],
    docs: [{ _index: 'none', _id: '1' }, { doc: { u: 'x' } }],
    parameters: { fields: ['k'] },
  };
  const { json } = await api.send('POST', '/docs/_mtermvectors', body);
  const [missing, made, first, absent] = json.docs;
  expect(missing.error.type).toBe('index_not_found_exception');
  expect(Object.keys(made.term_vectors)).toEqual(['u']);
  expect(Object.keys(first.term_vectors)).toEqual(['k']);
  expect(absent.found).toBe(false);
});
