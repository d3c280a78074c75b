import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.send('PUT', '/docs', { mappings: { dynamic: false } });
});

afterAll(() => api.stop());

const json = { 'content-type': 'application/json' };
const stored =
  '{"a":1,"b":1.0,"c":1e2,"d":12345678901234567890,"e":0.1234567890123456789,"f":"1.0","g":9007199254740993,"h":-0,"o":{"x":[10000000000000000001,-2.50]}}';

/** The result of an update, and the source after it. */
async function update(body: string): Promise<readonly [result: string, source: string]> {
  await api.send('PUT', '/docs/_doc/1', stored, json);
  const answer = await api.send('POST', '/docs/_update/1', body, json);
  return [answer.json.result, (await api.send('GET', '/docs/_source/1')).text];
}

test('what an update does not touch keeps its digits, and what it sets has those that were sent', async () => {
  const sent = '"z":{"n":98765432109876543210,"t":"\\"1.0,"}';
  expect(await update(`{"doc":{${sent}}}`)).toEqual([
    'updated',
    `${stored.replace('"h":-0', '"h":0').slice(0, -1)},${sent}}`,
  ]);
  const lines = `{"update":{"_index":"docs","_id":"2"}}\n{"doc":{${sent}},"doc_as_upsert":true}\n`;
  await api.send('POST', '/_bulk', lines.repeat(2));
  expect((await api.send('GET', '/docs/_doc/2')).text).toContain(`"_version":1`);
  expect((await api.send('GET', '/docs/_source/2')).text).toBe(`{${sent}}`);
});

// compat: what Elasticsearch 7.10.2 answered.
test.each([
  ['{"a":1.0}', 'updated'],
  ['{"b":1}', 'updated'],
  ['{"b":1.00}', 'noop'],
  ['{"c":100.0}', 'noop'],
  ['{"c":100}', 'updated'],
  ['{"d":12345678901234567891}', 'updated'],
  ['{"d":12345678901234567890}', 'noop'],
  ['{"e":0.12345678901234568}', 'noop'],
  ['{"f":1.0}', 'updated'],
  ['{"g":9007199254740992}', 'updated'],
  ['{"h":0}', 'noop'],
  ['{"o":{"x":[10000000000000000001,-2.5]}}', 'noop'],
  ['{"o":{"x":[10000000000000000002,-2.5]}}', 'updated'],
])('setting %s is %s', async (doc, result) => {
  expect((await update(`{"doc":${doc}}`))[0]).toBe(result);
});

test('a script counts whole numbers exactly and leaves the others as they are', async () => {
  const script = {
    source: 'ctx._source.g += 1; ctx._source.p = params.p; ctx._source.q = ctx._source.b / 2; ctx._source.remove("e")',
  };
  const body = JSON.stringify({ script: { ...script, params: {} } }).replace('{}', '{"p":9007199254740995}');
  expect((await update(body))[1]).toBe(
    '{"a":1,"b":1.0,"c":100.0,"d":12345678901234567890,"f":"1.0","g":9007199254740994,"h":0,"o":{"x":[10000000000000000001,-2.5]},"p":9007199254740995,"q":0.5}',
  );
  await update('{"doc":{}}');
  await api.send('POST', '/docs/_update_by_query', body.replace(/^{/, '{"query":{"ids":{"values":["1"]}},'), json);
  expect((await api.send('GET', '/docs/_source/1')).text).toContain('"g":9007199254740994');
});

test('a number of too many digits is no number of a script', async () => {
  const digits = '7'.repeat(1001);
  await api.send('PUT', '/docs/_doc/long', `{"n":${digits}}`, json);
  const answer = await api.send('POST', '/docs/_update/long', { script: 'ctx._source.m = 1' });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('a number in a script has at most [1000] digits, got [1001]');
});

test('a part of a source, and a pretty one, keep their digits', async () => {
  await api.send('PUT', '/docs/_doc/1', stored, json);
  const text = async (path: string): Promise<string> => (await api.send('GET', `/docs/${path}`)).text;
  expect(await text('_source/1?_source_includes=b,d')).toBe('{"b":1.0,"d":12345678901234567890}');
  expect(await text('_doc/1?filter_path=_source.g,_source.o')).toBe(
    '{"_source":{"g":9007199254740993,"o":{"x":[10000000000000000001,-2.50]}}}',
  );
  expect(await text('_doc/1?filter_path=-_source.b.x,_source.b')).toContain('"b":1.0');
  expect(await text('_source/1?pretty')).toContain('"d" : 12345678901234567890,\n  "e" : 0.1234567890123456789,');
  const copied = {
    source: { index: 'docs', _source: ['g'], query: { ids: { values: ['1'] } } },
    dest: { index: 'copy' },
  };
  await api.send('POST', '/_reindex', copied);
  expect(await text('../copy/_source/1')).toBe('{"g":9007199254740993}');
});
