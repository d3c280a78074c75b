import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDaybookError } from '@daybook/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ElasticsearchClient } from './client.ts';
import { createElasticsearchClient } from './create-client.ts';

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = { readonly status?: number; readonly body?: unknown } | 'hang' | 'reset';

let server: Server;
let client: ElasticsearchClient;
let received: Received[];
let answers: Answer[];
let url: string;

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ method: request.method, url: request.url, headers: request.headers, body });
    const answer = answers.shift() ?? {};
    if (answer === 'hang') return;
    if (answer === 'reset') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createElasticsearchClient({ url, authorization: 'ApiKey k', timeoutMs: 3000 });
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error) => (isDaybookError(error) ? error.code : error),
  );

describe('the client', () => {
  it('speaks plain JSON and NDJSON, with the credentials it was given', async () => {
    answers = [{}, { body: { errors: false, items: [{ index: { status: 201 } }] } }];
    await client.index('jobs', 'a/b', { x: 1 }, { refresh: 'wait_for', ifUnchanged: { seqNo: 5, primaryTerm: 1 } });
    await client.bulk([{ action: 'index', index: 'jobs', id: '1', source: { text: 'line\nbreak' } }]);
    expect(received[0]).toMatchObject({
      method: 'PUT',
      url: '/jobs/_doc/a%2Fb?refresh=wait_for&if_seq_no=5&if_primary_term=1',
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: 'ApiKey k' },
      body: '{"x":1}',
    });
    expect(received[1]).toMatchObject({
      url: '/_bulk',
      headers: { 'content-type': 'application/x-ndjson' },
      body: '{"index":{"_index":"jobs","_id":"1"}}\n{"text":"line\\nbreak"}\n',
    });
  });

  it('keeps the path of the database’s URL', async () => {
    const behindProxy = createElasticsearchClient({ url: `${url}/search/` });
    await behindProxy.refresh('jobs');
    expect(received[0]?.url).toBe('/search/jobs/_refresh');
    await behindProxy.close();
  });

  it('gives what is not there as a value', async () => {
    answers = [
      { status: 404, body: { found: false } },
      { status: 404, body: { result: 'not_found' } },
      { status: 404, body: {} },
      { status: 404, body: {} },
      {
        body: {
          docs: [
            { _id: 'a', found: true, _source: { x: 1 }, _seq_no: 3, _primary_term: 1 },
            { _id: 'b', found: false },
          ],
        },
      },
    ];
    expect(await client.get('jobs', 'a')).toBeUndefined();
    expect(await client.delete('jobs', 'a')).toBe(false);
    expect(await client.getMapping('jobs')).toBeUndefined();
    expect(await client.getIndexTemplate('jobs')).toBeUndefined();
    expect(await client.mget('jobs', ['a', 'b'])).toEqual([
      { id: 'a', source: { x: 1 }, seqNo: 3, primaryTerm: 1 },
      undefined,
    ]);
  });

  it.each([
    [400, 'invalid-argument'],
    [401, 'unauthenticated'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [413, 'limit-exceeded'],
  ])('throws the answer %i as %s, with the reason of the database', async (status, code) => {
    answers = [{ status, body: { error: { type: 'some_exception', reason: 'because' }, status } }];
    const failed = client.refresh('jobs');
    expect(await codeOf(failed)).toBe(code);
    await expect(failed).rejects.toThrow('some_exception: because');
    expect(received).toHaveLength(1);
  });

  it('calls what a block refuses unavailable: whoever set the block takes it away', async () => {
    answers = [{ status: 403, body: { error: { type: 'cluster_block_exception', reason: 'read-only' }, status: 403 } }];
    expect(await codeOf(client.index('jobs', '1', {}, { create: true }))).toBe('unavailable');
  });

  it.each([429, 500, 502, 503])('tries a repeatable call again after %i', async (status) => {
    answers = [{ status }, { status, body: '<html>' }, { body: { count: 7 } }];
    expect(await client.count('jobs')).toBe(7);
    expect(received).toHaveLength(3);
  });

  it('gives in after its retries with unavailable', async () => {
    answers = Array.from({ length: 9 }, () => ({ status: 503 }));
    expect(await codeOf(client.count('jobs'))).toBe('unavailable');
    expect(received).toHaveLength(4);
  });

  it('never repeats a write whose fate is unknown, unless twice is as good as once', async () => {
    answers = ['reset', 'reset', { status: 503 }];
    expect(await codeOf(client.index('jobs', '1', {}, { create: true }))).toBe('unavailable');
    expect(await codeOf(client.bulk([{ action: 'create', index: 'jobs', id: '1', source: {} }]))).toBe('unavailable');
    expect(await codeOf(client.index('jobs', '1', {}, { ifUnchanged: { seqNo: 1, primaryTerm: 1 } }))).toBe(
      'unavailable',
    );
    expect(received).toHaveLength(3);
    answers = ['reset', {}];
    await client.index('jobs', '1', {});
    expect(received).toHaveLength(5);
  });

  it('tries any write again that was refused before it began', async () => {
    answers = [{ status: 429 }, {}];
    await client.index('jobs', '1', {}, { create: true });
    expect(received).toHaveLength(2);
  });

  it('is unavailable where nothing listens', async () => {
    const nowhere = createElasticsearchClient({ url: 'http://127.0.0.1:1', maxRetries: 1 });
    expect(await codeOf(nowhere.get('jobs', '1'))).toBe('unavailable');
    expect(await nowhere.ping()).toBe(false);
    await nowhere.close();
  });

  it('ends a call at its limit', async () => {
    answers = ['hang'];
    expect(await codeOf(client.get('jobs', '1', { timeoutMs: 50 }))).toBe('unavailable');
  });

  it('ends a call with the caller’s own reason', async () => {
    answers = ['hang'];
    const ours = new Error('enough');
    await expect(client.get('jobs', '1', { signal: AbortSignal.abort(ours) })).rejects.toBe(ours);
    const aborting = new AbortController();
    const call = client.get('jobs', '1', { signal: aborting.signal });
    aborting.abort(ours);
    await expect(call).rejects.toBe(ours);
  });

  it('reads no answer beyond its bound', async () => {
    const bounded = createElasticsearchClient({ url, maxAnswerBytes: 10 });
    answers = [{ body: { long: 'x'.repeat(100) } }];
    expect(await codeOf(bounded.count('jobs'))).toBe('limit-exceeded');
    await bounded.close();
  });

  it('gives each operation of a bulk request its own outcome, in as many requests as they need', async () => {
    const long = 'x'.repeat(5 * 1024 * 1024);
    const error = {
      type: 'mapper_parsing_exception',
      reason: 'failed to parse',
      caused_by: { reason: 'not a number' },
    };
    answers = [
      { body: { items: [{ index: { status: 200 } }] } },
      { status: 413, body: '' },
      { body: { items: [{ create: { status: 400, error } }, { delete: { status: 404 } }] } },
    ];
    const outcomes = await client.bulk([
      { action: 'index', index: 'jobs', id: '1', source: { long } },
      { action: 'index', index: 'jobs', id: '2', source: { long } },
      { action: 'create', index: 'jobs', id: '3', source: { long } },
      { action: 'delete', index: 'jobs', id: '4' },
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([200, 413, 400, 404]);
    expect(outcomes[2]?.error).toEqual({ type: error.type, reason: 'failed to parse: not a number' });
    expect(received).toHaveLength(3);
  });

  it('calls an answer corrupt that is not about what was asked', async () => {
    answers = [{ body: { items: [] } }, { body: { docs: [] } }];
    expect(await codeOf(client.bulk([{ action: 'delete', index: 'jobs', id: '4' }]))).toBe('corrupt');
    expect(await codeOf(client.mget('jobs', ['1']))).toBe('corrupt');
  });

  it('reads more ids than one request takes', async () => {
    const ids = Array.from({ length: 1001 }, (_, i) => String(i));
    const missing = (count: number): Answer => ({
      body: { docs: Array.from({ length: count }, () => ({ found: false })) },
    });
    answers = [missing(1000), missing(1)];
    expect(await client.mget('jobs', ids)).toHaveLength(1001);
    expect(await client.mget('jobs', [])).toEqual([]);
    expect(received).toHaveLength(2);
  });

  it('knows an index that is there already from one that is refused', async () => {
    answers = [
      {},
      { status: 400, body: { error: { type: 'resource_already_exists_exception', reason: 'there' } } },
      { status: 400, body: { error: { type: 'invalid_index_name_exception', reason: 'bad' } } },
    ];
    expect(await client.createIndex('jobs')).toBe(true);
    expect(await client.createIndex('jobs')).toBe(false);
    expect(await codeOf(client.createIndex('Jobs'))).toBe('invalid-argument');
  });

  it('refuses a URL that is none', () => {
    expect(() => createElasticsearchClient({ url: 'localhost:9200' })).toThrow('"localhost:9200"');
  });
});
