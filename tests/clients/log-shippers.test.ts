import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';

let database: Database;
let send: Send;

beforeAll(async () => {
  database = await startDatabase();
  send = sender(database.url);
  await send('PUT', '/typed', { mappings: { properties: { n: { type: 'long' } } } });
});
afterAll(() => database.stop());

function lines(end: string, ...objects: readonly object[]): string {
  return objects.map((object) => `${JSON.stringify(object)}${end}`).join('');
}

async function count(index: string): Promise<number> {
  return (await send('GET', `/${index}/_count`)).json.count;
}

describe('Vector', () => {
  test('learns the version, checks health and finds the literal "errors":true in what failed', async () => {
    expect((await send('GET', '/')).json.version.number).toMatch(/^7\./);
    expect((await send('GET', '/_cluster/health')).status).toBe(200);
    const body = lines('\n', { index: { _index: 'typed' } }, { n: 1 }, { index: { _index: 'typed' } }, { n: 'many' });
    const answer = await send('POST', '/_bulk', gzipSync(body), {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'accept-encoding': 'zstd,gzip,deflate,br',
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('"errors":true');
    expect(answer.json.items.map((item: { index: { status: number } }) => item.index.status)).toEqual([201, 400]);
  });

  test('writes to a data stream name as it would to an index, with create', async () => {
    const body = lines('\n', { create: { _index: 'vector-2026.01.01', _type: '_doc' } }, { message: 'm' });
    const answer = await send('POST', '/_bulk?timeout=60s', body, { 'content-type': 'application/x-ndjson' });
    expect(answer.text).toContain('"errors":false');
    expect(answer.json.items[0].create.status).toBe(201);
  });
});

describe('Logstash', () => {
  test('wants an active licence, and installs its template', async () => {
    const licence = await send('GET', '/_license');
    expect(licence.json.license).toMatchObject({ status: 'active', type: 'basic' });
    expect((await send('HEAD', '/')).status).toBe(200);
    expect((await send('HEAD', '/_template/logstash')).status).toBe(404);
    const template = {
      index_patterns: ['logstash-*'],
      version: 60001,
      mappings: { properties: { n: { type: 'long' } } },
    };
    expect((await send('PUT', '/_template/logstash', template)).json).toEqual({ acknowledged: true });
    expect((await send('HEAD', '/_template/logstash')).status).toBe(200);
  });

  test('sends null for what it does not set, and retries only what may succeed', async () => {
    const action = { _id: null, _index: 'logstash-1', routing: null };
    const body = lines('\n', { index: action }, { n: 1 }, { index: { ...action, _id: 'a' } }, { n: 'x' });
    const answer = await send('POST', '/_bulk?filter_path=errors,items.*.error,items.*.status', body);
    expect(answer.json).toMatchObject({
      errors: true,
      items: [{ index: { status: 201 } }, { index: { status: 400, error: { type: 'mapper_parsing_exception' } } }],
    });
    expect(await count('logstash-1')).toBe(1);
  });
});

describe('Fluent Bit', () => {
  test('sends lines that end in CRLF, and reads errors from a compact answer', async () => {
    const body = lines(
      '\r\n',
      { create: { _index: 'fluent', _type: '_doc' } },
      { log: 'a' },
      { create: { _index: 'fluent' } },
      {
        log: 'b',
      },
    );
    const answer = await send('POST', '/_bulk/?filter_path=errors,items.*.error', body, {
      'content-type': 'application/x-ndjson',
      'user-agent': 'Fluent-Bit',
    });
    expect(answer.text).toBe('{"errors":false}');
    expect(await count('fluent')).toBe(2);
  });
});

describe('any shipper', () => {
  test.each([
    ['PUT', '/_bulk', 'application/json'],
    ['POST', '/_bulk', 'application/x-ndjson; charset=utf-8'],
    ['PUT', '/shipped/_bulk', 'application/x-ndjson'],
    ['POST', '/shipped/_doc/_bulk', 'application/json; charset=UTF-8'],
    ['POST', '/shipped/_bulk/', 'application/vnd.elasticsearch+x-ndjson;compatible-with=8'],
  ])('%s %s as %s', async (method, path, type) => {
    const before = (await send('HEAD', '/shipped')).status === 200 ? await count('shipped') : 0;
    const body = lines('\n', { index: { _index: 'shipped' } }, { n: 1 });
    const answer = await send(method, path, body, { 'content-type': type });
    expect(answer.json, answer.text).toMatchObject({ errors: false });
    expect(await count('shipped')).toBe(before + 1);
  });
});
