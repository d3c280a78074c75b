import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  for (const index of ['one', 'two']) {
    await api.client.index({ index, id: index, document: { word: 'granule' } });
  }
  await api.client.indices.putAlias({ index: 'two', name: 'second' });
});

afterAll(() => api.stop());

const scoresOf = async (boosts: unknown, path = '/one,two/_search'): Promise<Record<string, number>> => {
  const body = { query: { match: { word: 'granule' } }, indices_boost: boosts };
  const { json } = await api.send('POST', path, body);
  return Object.fromEntries(json.hits.hits.map((hit: { _id: string; _score: number }) => [hit._id, hit._score]));
};

test('an index that is boosted comes first, by the factor of its boost', async () => {
  const plain = await scoresOf([]);
  expect(plain.one).toBe(plain.two);
  const boosted = await scoresOf([{ two: 3 }]);
  expect(Object.keys(boosted)).toEqual(['two', 'one']);
  expect(boosted.two).toBeCloseTo(3 * (plain.two as number), 5);
  expect(boosted.one).toBeCloseTo(plain.one as number, 5);
});

test('aliases and patterns are boosted, the first that names an index, in scrolls too', async () => {
  expect(Object.keys(await scoresOf([{ second: 2 }, { '*': 1 }]))).toEqual(['two', 'one']);
  expect(Object.keys(await scoresOf({ 'o*': 2 }))).toEqual(['one', 'two']);
  expect(Object.keys(await scoresOf([{ two: 2 }], '/one,two/_search?scroll=1m'))).toEqual(['two', 'one']);
});

test('a boost of an index that is missing is refused', async () => {
  const body = { indices_boost: [{ three: 2 }] };
  expect(await api.send('POST', '/one/_search', body)).toMatchObject({ status: 404 });
  expect(await api.send('POST', '/one/_search?ignore_unavailable=true', body)).toMatchObject({ status: 200 });
});

test('where the query string and the body both speak, the query string is heard', async () => {
  const body = { size: 0, from: 1, _source: false, query: { match_none: {} } };
  const { json } = await api.send('POST', '/one/_search?size=5&from=0&q=word:granule&_source=true', body);
  expect(json.hits.hits).toMatchObject([{ _id: 'one', _source: { word: 'granule' } }]);
});
