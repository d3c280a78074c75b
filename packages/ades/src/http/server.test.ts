import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployBody, executeBody } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeAll(async () => {
  test = await startTestAdes({ limits: { maxBodyBytes: 100_000 }, allowedOrigins: ['https://portal.test'] });
  process = await test.deployL1b();
});
afterAll(() => test.close());

/** Sends the bytes of a request and gives the whole answer. */
function send(request: string): Promise<string> {
  const { hostname, port } = new URL(test.ades.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('the server', () => {
  it('takes what `curl -0` sends with an empty Expect header', async () => {
    const body = JSON.stringify(executeBody());
    const head = [
      `POST /processes/${process}/jobs HTTP/1.0`,
      `Host: ${new URL(test.ades.url).host}`,
      'Expect:',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${body.length}`,
    ];
    const answer = await send(`${head.join('\r\n')}\r\n\r\n${body}`);
    expect(answer).toMatch(/^HTTP\/1\.\d 201 Created\r\n/);
    expect(answer).toMatch(new RegExp(`\r\nlocation: ${test.ades.url}/processes/${process}/jobs/[0-9a-f-]+\r\n`));
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(answer.split('\r\n\r\n')[1]).toBe('{}');
  });

  it('takes an empty Expect header over HTTP/1.1, answers 100 where it is asked to, and refuses other expectations', async () => {
    const ask = (expectation: string) =>
      send(`GET /health/live HTTP/1.1\r\nHost: localhost\r\nExpect:${expectation}\r\nConnection: close\r\n\r\n`);
    expect(await ask('')).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(await ask(' 100-continue')).toMatch(/^HTTP\/1\.1 100 Continue/);
    expect(await ask(' a-miracle')).toMatch(/^HTTP\/1\.1 417/);
  });

  it('gives a Location even to a client that sends no Host', async () => {
    const body = JSON.stringify(executeBody());
    const answer = await send(
      `POST /processes/${process}/jobs HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(answer).toContain(`location: ${test.ades.url}/processes/`);
  });

  it.each([
    [{ 'content-type': 'application/x-www-form-urlencoded' }, '"application/x-www-form-urlencoded"'],
    [{ 'content-type': 'application/jsonp' }, '"application/jsonp"'],
  ])('refuses a body of another type with 415: %j', async (headers, named) => {
    const answer = await test.call('POST', `/processes/${process}/jobs`, '{}', headers);
    expect(answer.json()).toMatchObject({ status: 415, detail: expect.stringContaining(named) });
  });

  it('refuses a body without a type with 415', async () => {
    const answer = await send(
      `POST /processes/${process}/jobs HTTP/1.0\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 415 /);
    expect(answer).toContain('A body without Content-Type');
  });

  it('refuses a body that is too large with 413, and one that is no JSON with 400', async () => {
    const large = await test.call('POST', `/processes/${process}/jobs`, { inputs: { a: 'x'.repeat(200_000) } });
    expect(large.json()).toMatchObject({ status: 413, detail: expect.stringContaining('100000') });
    const broken = await test.call('POST', `/processes/${process}/jobs`, '{"inputs": [');
    expect(broken.json()).toMatchObject({ status: 400, detail: expect.stringContaining('JSON') });
    const empty = await test.call('POST', `/processes/${process}/jobs`, '');
    expect(empty.statusCode).toBe(400);
  });

  it('answers HEAD as GET, 405 with Allow to another method, and 404 elsewhere', async () => {
    const head = await test.call('HEAD', `/processes/${process}`);
    expect([head.statusCode, head.body]).toEqual([200, '']);
    const wrong = await test.call('PATCH', '/processes', {});
    expect([wrong.statusCode, wrong.headers.allow]).toEqual([405, expect.stringContaining('POST')]);
    expect((await test.call('GET', '/nowhere')).json()).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('answers 503 and when to try again while the database is away', async () => {
    test.memory.isAway = true;
    try {
      for (const [method, url, body] of [
        ['GET', '/processes', undefined],
        ['GET', '/jobs/1', undefined],
        ['POST', `/processes/${process}/jobs`, executeBody()],
      ] as const) {
        const answer = await test.call(method, url, body);
        expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
        expect(answer.json().detail).toContain('jobs database');
      }
    } finally {
      test.memory.isAway = false;
    }
  });
});

describe('a page of another site', () => {
  const execute = (headers: Record<string, string>) =>
    test.call('POST', `/processes/${process}/jobs`, executeBody(), headers);

  it.each(['https://evil.test', 'null', 'http://localhost.evil.test', 'http://10.1.2.3'])(
    'at %s may change nothing',
    async (origin) => {
      const before = test.memory.jobs.size;
      const answer = await execute({ origin });
      expect(answer.json()).toMatchObject({ status: 403, detail: expect.stringContaining(origin) });
      expect(test.memory.jobs.size).toBe(before);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('may where it is on this machine, or allowed', async () => {
    for (const origin of ['http://localhost:5001', 'http://127.0.0.1:8080', 'http://[::1]:3000'])
      expect((await execute({ origin })).statusCode, origin).toBe(201);
    const answer = await execute({ origin: 'https://portal.test' });
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([201, 'https://portal.test']);
    const preflight = await test.call('OPTIONS', '/processes', undefined, {
      origin: 'https://portal.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    });
    expect([preflight.statusCode, preflight.headers['access-control-allow-headers']]).toEqual([204, 'content-type']);
  });

  it('cannot reach a server on loopback under a name that was rebound to it', async () => {
    const answer = await test.call('GET', '/jobs', undefined, { host: 'evil.test:5001' });
    expect(answer.json()).toMatchObject({ status: 403, detail: expect.stringContaining('evil.test') });
    for (const host of ['127.0.0.1:5001', '[::1]:5001', 'localhost', '10.1.2.3:80'])
      expect((await test.call('GET', '/jobs', undefined, { host })).statusCode, host).toBe(200);
  });
});

describe('an ADES with other options', () => {
  it('names its public URL in what it answers', async () => {
    const other = await startTestAdes({ publicUrl: 'https://ades.test/sps/' });
    const answer = await other.call('POST', '/processes', deployBody(), { host: 'ades.test' });
    expect(answer.json().deploymentResult.processSummary.processDescriptionURL).toBe(
      'https://ades.test/sps/processes/l1b-cwl:develop',
    );
    await other.close();
  });

  it('is closed in time, however long a client takes over its request', async () => {
    const other = await startTestAdes({ limits: { closeTimeoutMs: 20 } });
    const { hostname, port } = new URL(other.ades.url);
    const socket = connect(Number(port), hostname);
    const ended = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    socket.write(
      'POST /processes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nContent-Type: application/json\r\n',
    );
    socket.write('Expect: 100-continue\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    await other.close();
    await ended;
  });

  it('refuses deploys without cwltool, saying what to install', async () => {
    const other = await startTestAdes({ packer: undefined });
    const answer = await other.call('POST', '/processes', deployBody());
    expect(answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('python3-venv') });
    await other.close();
  });

  it('reports the health of each part, and 503 where one has failed or does not answer', async () => {
    const answer = await test.call('GET', '/health');
    expect(answer.json()).toEqual({
      status: 'ready',
      parts: [{ name: 'database', status: 'ready', detail: 'in memory' }],
      workers: [],
    });
    const other = await startTestAdes({ health: () => new Promise(() => {}), limits: { healthTimeoutMs: 10 } });
    for (const url of ['/health', '/health/ready']) expect((await other.call('GET', url)).statusCode).toBe(503);
    expect((await other.call('GET', '/health/live')).statusCode).toBe(200);
    await other.close();
  });
});
