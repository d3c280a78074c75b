import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

describe('documents by their id', () => {
  test('a document that was indexed is read back byte by byte', async () => {
    const source = '{"b":1.50,  "a":"ü","nested":{"x":[1,2]}}';
    const response = await fetch(`${api.url}/docs/_doc/1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: source,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ _index: 'docs', _type: '_doc', result: 'created', _version: 1 });
    expect((await api.send('GET', '/docs/_source/1')).text).toBe(source);
    expect((await api.send('GET', '/docs/_doc/1')).text).toContain(`"_source":${source}`);
  });

  test('a document without an id gets one', async () => {
    const { _id: id } = await api.client.index({ index: 'docs', document: { made: true } });
    expect(id).toMatch(/.{10,}/);
    expect(await api.client.exists({ index: 'docs', id })).toBe(true);
  });

  test('a missing document is not found without being an error', async () => {
    const answer = await api.send('GET', '/docs/_doc/nowhere');
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ _index: 'docs', _type: '_doc', _id: 'nowhere', found: false });
    expect((await api.send('HEAD', '/docs/_doc/nowhere')).status).toBe(404);
    expect((await api.send('DELETE', '/docs/_doc/nowhere')).json).toMatchObject({ result: 'not_found' });
  });

  test('a missing index is named in the error', async () => {
    const { status, json } = await api.send('GET', '/nowhere/_doc/1');
    expect(status).toBe(404);
    expect(json.error).toMatchObject({
      type: 'index_not_found_exception',
      reason: 'no such index [nowhere]',
      index: 'nowhere',
      'resource.id': 'nowhere',
      root_cause: [{ type: 'index_not_found_exception' }],
    });
  });

  test('create refuses an id that is taken', async () => {
    await api.client.create({ index: 'docs', id: 'once', document: {} });
    const { status, json } = await api.send('PUT', '/docs/_create/once', {});
    expect(status).toBe(409);
    expect(json.error.reason).toBe('[once]: version conflict, document already exists (current version [1])');
  });

  test('a write that expects another sequence number conflicts', async () => {
    const written = await api.client.index({ index: 'docs', id: 'seq', document: { n: 1 } });
    const path = `/docs/_doc/seq?if_seq_no=${written._seq_no}&if_primary_term=${written._primary_term}`;
    expect((await api.send('PUT', path, { n: 2 })).status).toBe(200);
    const { status, json } = await api.send('PUT', path, { n: 3 });
    expect(status).toBe(409);
    expect(json.error.type).toBe('version_conflict_engine_exception');
    expect((await api.send('PUT', '/docs/_doc/seq?if_seq_no=1', {})).json.error.reason).toBe(
      'Validation Failed: 1: ifSeqNo is set, but primary term is [0];',
    );
  });

  test('an external version is written only when it is greater', async () => {
    const write = (version: number) =>
      api.send('PUT', `/docs/_doc/ext?version=${version}&version_type=external`, { version });
    expect((await write(5)).json).toMatchObject({ _version: 5, result: 'created' });
    expect((await write(5)).status).toBe(409);
    expect((await write(7)).json).toMatchObject({ _version: 7 });
  });

  test('a partial update merges objects and leaves the rest', async () => {
    await api.client.index({ index: 'parts', id: 'part', document: { a: { x: 1, y: 2 }, list: [1, 2], kept: true } });
    await api.client.update({ index: 'parts', id: 'part', doc: { a: { y: 3 }, list: [9] } });
    const { _source } = await api.client.get({ index: 'parts', id: 'part' });
    expect(_source).toEqual({ a: { x: 1, y: 3 }, list: [9], kept: true });
  });

  test('an update that changes nothing is a noop and keeps the version', async () => {
    await api.client.index({ index: 'noops', id: 'noop', document: { a: 1, b: { c: 2 } } });
    const first = await api.client.update({ index: 'noops', id: 'noop', doc: { b: { c: 2 } } });
    expect(first).toMatchObject({ result: 'noop', _version: 1 });
    const forced = await api.client.update({ index: 'noops', id: 'noop', doc: { a: 1 }, detect_noop: false });
    expect(forced).toMatchObject({ result: 'updated', _version: 2 });
  });

  test('an update of a missing document needs something to stand in for it', async () => {
    const { status, json } = await api.send('POST', '/docs/_update/absent', { doc: { a: 1 } });
    expect(status).toBe(404);
    expect(json.error).toMatchObject({
      type: 'document_missing_exception',
      reason: '[_doc][absent]: document missing',
    });
    const upserted = await api.client.update({ index: 'docs', id: 'up1', doc: { a: 1 }, doc_as_upsert: true });
    expect(upserted.result).toBe('created');
    await api.client.update({ index: 'docs', id: 'up2', doc: { a: 1 }, upsert: { b: 2 } });
    expect((await api.client.get({ index: 'docs', id: 'up2' }))._source).toEqual({ b: 2 });
  });

  test('an update answers the source that it was asked for', async () => {
    await api.client.index({ index: 'docs', id: 'get', document: { a: 1, b: 1 } });
    const { json } = await api.send('POST', '/docs/_update/get?_source=b', { doc: { b: 2 } });
    expect(json.get).toMatchObject({ found: true, _source: { b: 2 } });
  });

  test('a script outside the part of Painless that is run is refused at its place', async () => {
    const script = 'for (def x : ctx._source.tags) { x.run() }';
    const { status, json } = await api.send('POST', '/jobs/_update/1', { script });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      type: 'illegal_argument_exception',
      reason: 'failed to execute script',
      caused_by: { type: 'script_exception', reason: 'compile error', script, position: { offset: 4 } },
    });
  });

  test('many documents are read at once, each with its own outcome', async () => {
    const { json } = await api.send('POST', '/_mget', {
      docs: [
        { _index: 'docs', _id: '1', _source: ['nested.x'] },
        { _index: 'docs', _id: 'nowhere' },
        { _index: 'nowhere', _id: '1' },
      ],
    });
    expect(json.docs[0]._source).toEqual({ nested: { x: [1, 2] } });
    expect(json.docs[1]).toMatchObject({ found: false });
    expect(json.docs[2].error).toMatchObject({ type: 'index_not_found_exception' });
  });

  test('a value that the mapping refuses is named', async () => {
    await api.client.indices.create({ index: 'typed', mappings: { properties: { d: { type: 'date' } } } });
    const { status, json } = await api.send('PUT', '/typed/_doc/2', { d: 'foo' });
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      type: 'mapper_parsing_exception',
      reason: "failed to parse field [d] of type [date] in document with id '2'. Preview of field's value: 'foo'",
      caused_by: { type: 'illegal_argument_exception' },
    });
  });

  test.each([
    ['PUT', '/docs/_doc/x?op_type=foo', "opType must be 'create' or 'index', found: [foo]"],
    ['PUT', '/docs/_doc/x?pipeline=p', 'pipeline with id [p] does not exist'],
    ['PUT', '/docs/_doc/x?refresh=foo', 'Unknown value for refresh: [foo].'],
    ['PUT', '/docs/_doc/x?version_type=foo&version=1', 'No version type match [foo]'],
    ['PUT', '/docs/_doc/x?nope=1', 'request [/docs/_doc/x] contains unrecognized parameter: [nope]'],
  ])('%s %s is refused', async (method, path, reason) => {
    const { status, json } = await api.send(method, path, {});
    expect(status).toBe(400);
    expect(json.error.reason).toBe(reason);
  });
});

describe('bulk', () => {
  const lines = (...values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

  test('every action has an outcome of its own, in order', async () => {
    const body = lines(
      { index: { _index: 'bulk', _id: '1' } },
      { a: 1 },
      { create: { _index: 'bulk', _id: '1' } },
      { a: 2 },
      { update: { _index: 'bulk', _id: '1' } },
      { doc: { b: 2 } },
      { update: { _index: 'bulk', _id: 'absent' } },
      { doc: { b: 2 } },
      { delete: { _index: 'bulk', _id: '1' } },
      { delete: { _index: 'bulk', _id: '1' } },
    );
    const { json, text } = await api.send('POST', '/_bulk', body);
    expect(text).toContain('"errors":true');
    expect(json.items.map((item: Record<string, { status: number }>) => Object.values(item)[0]?.status)).toEqual([
      201, 409, 200, 404, 200, 404,
    ]);
    expect(json.items[1].create.error.type).toBe('version_conflict_engine_exception');
  });

  test('lines may end in CRLF, and the index may stand in the path', async () => {
    const body = lines({ index: { _id: null } }, { a: 1 }, { index: {} }, { a: 2 }).replaceAll('\n', '\r\n');
    const { json } = await api.send('PUT', '/crlf/_bulk', body);
    expect(json.errors).toBe(false);
    expect((await api.client.count({ index: 'crlf' })).count).toBe(2);
  });

  test.each([
    ['{"n":1}', 'x_content_parse_exception', '[UpdateRequest] unknown field [n]'],
    ['{}', 'action_request_validation_exception', 'Validation Failed: 1: script or doc is missing;'],
    ['{"doc":1}', 'x_content_parse_exception', "[UpdateRequest] doc doesn't support values of type: VALUE_NUMBER"],
  ])('a bulk with the malformed update %s changes nothing', async (update, type, reason) => {
    const lines = [
      '{"index":{"_index":"not-made","_id":"1"}}',
      '{}',
      '{"update":{"_index":"not-made","_id":"1"}}',
      update,
    ];
    const { status, json } = await api.send('POST', '/_bulk', `${lines.join('\n')}\n`);
    expect([status, json.error.type, json.error.reason]).toEqual([400, type, reason]);
    expect((await api.send('HEAD', '/not-made')).status).toBe(404);
  });

  test('a malformed body changes nothing', async () => {
    const body = `${lines({ index: { _index: 'untouched' } }, { a: 1 })}{"index":{"foo":1}}\n{}\n`;
    const { status, json } = await api.send('POST', '/_bulk', body);
    expect(status).toBe(400);
    expect(json.error.reason).toBe('Action/metadata line [3] contains an unknown parameter [foo]');
    expect((await api.send('HEAD', '/untouched')).status).toBe(404);
  });

  test('a document that the mapping refuses fails alone', async () => {
    const body = lines(
      { index: { _index: 'typed', _id: 'bad' } },
      { d: 'no date' },
      { index: { _index: 'typed' } },
      {},
    );
    const { json } = await api.send('POST', '/_bulk', body);
    expect(json.items[0].index).toMatchObject({ status: 400, error: { type: 'mapper_parsing_exception' } });
    expect(json.items[1].index.status).toBe(201);
  });

  test('a document that is no JSON fails alone and says why', async () => {
    const body = '{"index":{"_index":"measured"}}\n{"value":NaN}\n{"index":{"_index":"measured"}}\n{"value":1}\n';
    const { json } = await api.send('POST', '/_bulk', body);
    expect(json.items[0].index).toMatchObject({
      status: 400,
      error: {
        type: 'mapper_parsing_exception',
        caused_by: { type: 'json_parse_exception', reason: expect.stringContaining("Non-standard token 'NaN'") },
      },
    });
    expect(json.items[1].index.status).toBe(201);
  });

  test('an alias is required where the request says so', async () => {
    const body = lines({ index: { _index: 'bulk', _id: '9' } }, {});
    const { json } = await api.send('POST', '/_bulk?require_alias=true', body);
    expect(json.items[0].index).toMatchObject({ status: 404, error: { type: 'index_not_found_exception' } });
  });

  test("the client's bulk helper writes thousands of documents", async () => {
    const documents = Array.from({ length: 3000 }, (_, n) => ({ n, label: `l${n % 7}` }));
    const result = await api.client.helpers.bulk({
      datasource: documents,
      onDocument: (document) => ({ index: { _index: 'many', _id: String(document.n) } }),
      flushBytes: 20_000,
    });
    expect(result).toMatchObject({ total: 3000, failed: 0 });
    expect((await api.client.count({ index: 'many', query: { term: { 'label.keyword': 'l3' } } })).count).toBe(429);
  });
});
