import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ maxBodyBytes: 20_000, corsOrigins: ['https://console.example'], allowedHosts: ['database'] });
});

afterAll(() => api.stop());

/** Sends bytes as they are and gives all that comes back until the server closes. */
function exchange(text: string): Promise<string> {
  const { port, hostname } = new URL(api.url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(text));
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
  });
}

describe('the protocol around the APIs', () => {
  test('every answer names the product', async () => {
    for (const [method, path] of [
      ['HEAD', '/'],
      ['GET', '/_cat/health'],
      ['PUT', '/product'],
    ] as const) {
      expect((await api.send(method, path)).headers.get('x-elastic-product')).toBe('Elasticsearch');
    }
  });

  test('slashes at the end do not count', async () => {
    expect((await api.send('GET', '/_cluster/health/')).status).toBe(200);
    expect((await api.send('GET', '/_cat/indices/')).status).toBe(200);
  });

  test('a path without an API is named', async () => {
    const { status, json } = await api.send('GET', '/nosuch/x/y/z/q');
    expect(status).toBe(400);
    expect(json).toEqual({ error: 'no handler found for uri [/nosuch/x/y/z/q] and method [GET]' });
  });

  test('a method that a path does not have is refused with those that it has', async () => {
    const { status, headers, json } = await api.send('DELETE', '/_cluster/health');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET');
    expect(json.error).toBe('Incorrect HTTP method for uri [/_cluster/health] and method [DELETE], allowed: [GET]');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/vnd.elasticsearch+json;compatible-with=12',
  ])('a body of the type %s is refused', async (type) => {
    const { status, json } = await api.send('POST', '/x/_search', {}, { 'content-type': type });
    expect(status).toBe(406);
    expect(json.error).toBe(`Content-Type header [${type}] is not supported`);
  });

  test('version 8 and newline-delimited types are taken', async () => {
    const type = 'application/vnd.elasticsearch+x-ndjson; compatible-with=8';
    const { status } = await api.send('POST', '/_bulk', '{"index":{"_index":"nd"}}\n{}\n', { 'content-type': type });
    expect(status).toBe(200);
  });

  test('gzip is read and written', async () => {
    const body = gzipSync(JSON.stringify({ text: 'x'.repeat(15_000) }));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const written = await request(`${api.url}/zip/_doc/1`, { method: 'PUT', headers, body });
    expect(written.statusCode).toBe(201);
    await written.body.dump();
    const read = await request(`${api.url}/zip/_doc/1`, { headers: { 'accept-encoding': 'gzip' } });
    expect(read.headers['content-encoding']).toBe('gzip');
    const bytes = Buffer.from(await read.body.arrayBuffer());
    expect(JSON.parse(gunzipSync(bytes).toString())._source.text).toHaveLength(15_000);
  });

  test('a body over the bound is refused, also one that only grows when it is unpacked', async () => {
    const large = await api.send('PUT', '/big/_doc/1', { text: 'x'.repeat(21_000) });
    expect(large.status).toBe(413);
    expect(large.json.error.type).toBe('content_too_long_exception');
    const bomb = await request(`${api.url}/big/_doc/1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ text: 'x'.repeat(1_000_000) })),
    });
    expect(bomb.statusCode).toBe(413);
    await bomb.body.dump();
  });

  test('a chunked body over the bound is refused while it comes', async () => {
    const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
    const text = await exchange(
      `PUT /big/_doc/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('HTTP/1.0 is answered', async () => {
    const text = await exchange('GET /_cluster/health HTTP/1.0\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(text).toContain('"status":"green"');
  });

  test('a target in absolute form is answered', async () => {
    const text = await exchange(
      'GET http://localhost/_cluster/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(text).toContain('"status":"green"');
  });

  test('pretty answers are indented', async () => {
    expect((await api.send('GET', '/_cluster/pending_tasks?pretty')).text).toBe('{\n  "tasks" : [ ]\n}\n');
  });

  test('nesting without end is refused', async () => {
    const deep = '{"query":'.concat('{"bool":{"must":'.repeat(150), '{"match_all":{}}', '}}'.repeat(150), '}');
    const { status } = await api.send('POST', '/nd/_search', deep, { 'content-type': 'application/json' });
    expect(status).toBe(400);
    const brackets = `{"query":${'['.repeat(9000)}${']'.repeat(9000)}}`;
    const answer = await api.send('POST', '/nd/_search', brackets, { 'content-type': 'application/json' });
    expect(answer.status).toBe(400);
  });
});

describe('web pages', () => {
  test('a page on loopback may ask and read, and is answered before it asks', async () => {
    const origin = 'http://localhost:8080';
    const preflight = await api.send('OPTIONS', '/_search', undefined, { origin });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/Content-Type/);
    expect(preflight.headers.get('access-control-allow-methods')).toMatch(/DELETE/);
    const failed = await api.send('GET', '/nope/_search', undefined, { origin });
    expect(failed.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('a page from elsewhere can do nothing', async () => {
    await api.client.indices.create({ index: 'safe' });
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      const { status, headers } = await api.send('DELETE', '/safe', undefined, { origin });
      expect(status).toBe(403);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(await api.client.indices.exists({ index: 'safe' })).toBe(true);
    expect((await api.send('GET', '/', undefined, { origin: 'https://console.example' })).status).toBe(200);
  });

  test('a name that is not ours is refused', async () => {
    const ask = (host: string) => exchange(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await ask('rebound.example:9200')).toMatch(/^HTTP\/1\.1 403 /);
    for (const host of ['localhost:9200', 'database:9200', '10.1.2.3', '[::1]:9200']) {
      expect(await ask(host)).toMatch(/^HTTP\/1\.1 200 /);
    }
  });
});
