import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';
import { eventually } from '../support/wait.ts';

let database: Database;
let send: Send;

beforeAll(async () => {
  database = await startDatabase('--allowed-hosts', 'jobs.example', '--cors-origins', 'https://console.example');
  send = sender(database.url);
  await send('PUT', '/runs/_doc/1', { n: 1 });
});
afterAll(() => database.stop());

function open(): Socket {
  const { hostname, port } = new URL(database.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  return socket;
}

/** Sends bytes as they are and gives what comes until the server ends the connection or `isDone`. */
function exchange(bytes: string | Buffer, isDone: (text: string) => boolean = () => false): Promise<string> {
  return new Promise((resolve) => {
    const socket = open();
    let text = '';
    const end = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.on('data', (chunk) => {
      text += chunk;
      if (isDone(text)) end();
    });
    socket.once('close', end);
    socket.write(bytes);
  });
}

async function answersQuickly(): Promise<void> {
  const startedMs = performance.now();
  expect((await send('GET', '/_cluster/health')).status).toBe(200);
  expect(performance.now() - startedMs).toBeLessThan(2000);
}

const get = (path: string, ...headers: readonly string[]): string =>
  ['GET '.concat(path, ' HTTP/1.1'), 'Host: localhost', ...headers, '', ''].join('\r\n');

describe('what is no good HTTP', () => {
  test.each([
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a header without a colon', 'GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n', 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a control character in the path', 'GET /\x01 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['two lengths', get('/', 'Content-Length: 1', 'Content-Length: 2'), 400],
    ['a length and chunks', get('/', 'Content-Length: 1', 'Transfer-Encoding: chunked'), 400],
    ['a length that is no number', get('/', 'Content-Length: -5'), 400],
    ['a head that does not end', get('/', `X-Long: ${'x'.repeat(20_000)}`), 431],
    ['chunks that are none', `${get('/runs/_search', 'Transfer-Encoding: chunked')}zz\r\n`, 400],
  ])('%s is refused', async (_what, bytes, status) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await answersQuickly();
  });

  test('a refusal is in the shape of an error', async () => {
    const [, body] = (await exchange('nonsense\r\n\r\n')).split('\r\n\r\n');
    const reason = 'The request is not well-formed HTTP.';
    expect(JSON.parse(body as string)).toMatchObject({
      error: { root_cause: [{ type: 'illegal_argument_exception', reason }], reason },
      status: 400,
    });
  });
});

describe('what is unusual HTTP', () => {
  test('HTTP/1.0 is answered, and its connection ended', async () => {
    const answer = await exchange('GET / HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('You Know, for Search');
  });

  test('requests in one piece are answered in order', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `name-${at}`);
    const bytes = names.map((name) => get(`/${name}/_doc/1`)).join('');
    const answer = await exchange(bytes, (text) => text.includes('"index":"name-19"'));
    const answered = [...answer.matchAll(/"reason":"no such index \[(name-\d+)\]","resource/g)].map(
      (match) => match[1],
    );
    expect([...new Set(answered)]).toEqual(names);
  });

  test('a request that comes byte by byte is answered', async () => {
    const socket = open();
    const answer = new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    for (const byte of get('/runs/_doc/1')) await new Promise((resolve) => socket.write(byte, resolve));
    expect(await answer).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });
});

describe('what is too much', () => {
  test('five hundred connections that say nothing, or half of something, keep nobody waiting', async () => {
    const halves = [
      '',
      'GET / HT',
      'POST /runs/_search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"qu',
    ];
    const sockets = Array.from({ length: 500 }, (_, at) => {
      const socket = open();
      socket.write(halves[at % halves.length] as string);
      return socket;
    });
    await answersQuickly();
    for (const socket of sockets) socket.destroy();
    await answersQuickly();
  });

  test('many requests at once are all answered', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, (_, n) => send('PUT', `/many/_doc/${n}`, { n })));
    expect(answers.every((answer) => answer.status === 201)).toBe(true);
    expect((await send('GET', '/many/_count')).json.count).toBe(300);
  });

  test('a body that says that it is too long is refused before it comes', async () => {
    const answer = await exchange(get('/runs/_search', 'Content-Type: application/json', 'Content-Length: 200000000'));
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('content_too_long_exception');
  });

  test('bodies that decompress to too much are refused, many at once too, in bounded memory', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000, ' '));
    const headers = { 'content-encoding': 'gzip' };
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => send('POST', '/runs/_search', new Uint8Array(bomb), headers)),
    );
    const types = new Map(answers.map(({ status, json }) => [status, json.error.type]));
    expect([...types.keys()].every((status) => [413, 429].includes(status))).toBe(true);
    if (types.has(429)) expect(types.get(429)).toBe('circuit_breaking_exception');
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${database.pid}/status`, 'utf8'));
    expect(Number(peak?.[1])).toBeLessThan(2_000_000);
    await answersQuickly();
  });

  test('a body of more values than memory holds is refused in the shape of a circuit breaker', async () => {
    const { status, json } = await send('POST', '/runs/_search', `{"query":[${'{},'.repeat(6_000_000)}{}]}`);
    expect(status).toBe(429);
    expect(json.error).toMatchObject({
      type: 'circuit_breaking_exception',
      reason: expect.stringContaining('Data too large'),
    });
  });

  test('a client that goes away in the middle of its body leaves nothing', async () => {
    for (let at = 0; at < 50; at += 1) {
      const socket = open();
      await new Promise((resolve) =>
        socket.write(
          `${get('/gone/_bulk', 'Content-Type: application/json', 'Content-Length: 1000')}{"index":{}}\n`,
          resolve,
        ),
      );
      socket.destroy();
    }
    await eventually('the server answers', async () => ((await send('GET', '/')).status === 200 ? true : undefined));
    expect((await send('HEAD', '/gone')).status).toBe(404);
  });
});

describe('a page of somebody else', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:9200',
    '0x7f000001.evil.example',
  ])('that has its own name %s rebound to this machine is refused', async (host) => {
    for (const request of ['GET / HTTP/1.1', 'DELETE /runs HTTP/1.1', 'OPTIONS / HTTP/1.1']) {
      const answer = await exchange(`${request}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1.1 403 /);
      expect(answer).toContain('security_exception');
    }
    expect((await send('HEAD', '/runs')).status).toBe(200);
  });

  test.each(['jobs.example', 'JOBS.EXAMPLE:9200', 'localhost', '127.0.0.1:1', '[::1]:9200'])(
    'is not what comes under the name %s',
    async (host) => {
      expect(await exchange(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  test('is refused in every method, whatever it sends as its origin', async () => {
    const origins = ['https://evil.example', 'null', 'https://console.example.evil.example', 'http://console.example'];
    for (const origin of origins) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
        const answer = await send(method, '/runs', undefined, { origin });
        expect(answer.status, `${method} from ${origin}`).toBe(403);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    }
    const allowed = await send('GET', '/runs', undefined, { origin: 'https://console.example' });
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://console.example');
  });
});
