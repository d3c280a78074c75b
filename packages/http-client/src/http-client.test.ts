import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpClient, openHttpClient } from './index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A client of one connection, so that a request which leaves it open or cut shows in the next. */
async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<HttpClient> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  const { port } = server.address() as AddressInfo;
  const client = openHttpClient(`http://127.0.0.1:${port}`, { maxConnections: 1, maxAnswerBytes: 100 });
  closers.push(() => client.close());
  return client;
}

const request = { method: 'POST', path: '/a?b=c', headers: {}, body: 'asked', timeoutMs: 5_000 } as const;

describe('the client', () => {
  it('gives status, headers and the whole body, of any status, over one kept connection', async () => {
    const ports = new Set<number | undefined>();
    const client = await clientOf((incoming, response) => {
      ports.add(incoming.socket.remotePort);
      response.writeHead(404, { 'x-path': incoming.url ?? '' });
      response.write('fir');
      setImmediate(() => incoming.on('data', (chunk) => response.end(`st, ${chunk}`)));
    });
    for (let n = 0; n < 3; n++) {
      const { status, headers, body } = await client.send(request);
      expect([status, headers['x-path'], body]).toEqual([404, '/a?b=c', 'first, asked']);
    }
    expect(ports.size).toBe(1);
  });

  it.each(['before an answer', 'within an answer'])(
    'ends at its limit %s, and what waits behind it goes on',
    async (when) => {
      let asked = 0;
      const client = await clientOf((_, response) => {
        if (++asked > 1) response.end('second');
        else if (when === 'within an answer') response.write('half');
      });
      const late = client.send({ ...request, timeoutMs: 100 });
      const waiting = client.send(request);
      await expect(late).rejects.toMatchObject({ code: 'timeout', message: 'no answer within 100 ms' });
      expect((await waiting).body).toBe('second');
    },
  );

  it('ends with the reason of its signal: before, while it waits for a connection, or under way', async () => {
    const bodies: string[] = [];
    const client = await clientOf((incoming) => incoming.on('data', (chunk) => bodies.push(String(chunk))));
    const reason = new Error('enough');
    await expect(client.send({ ...request, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const [first, second] = [new AbortController(), new AbortController()];
    const underWay = client.send({ ...request, body: 'first', signal: first.signal });
    const waits = client.send({ ...request, body: 'second', signal: second.signal });
    second.abort(reason);
    await expect(waits).rejects.toBe(reason);
    await expect.poll(() => bodies).toEqual(['first']);
    first.abort(reason);
    await expect(underWay).rejects.toBe(reason);
    const last = client.send({ ...request, body: 'last', timeoutMs: 300 });
    await expect(last).rejects.toMatchObject({ code: 'timeout' });
    expect(bodies).toEqual(['first', 'last']);
  });

  it('takes no answer that is too long, or not whole', async () => {
    const client = await clientOf((incoming, response) => {
      if (incoming.method === 'GET') response.end('x'.repeat(101));
      else response.writeHead(200, { 'content-length': 10 }).write('half', () => response.destroy());
    });
    await expect(client.send({ ...request, method: 'GET', body: undefined })).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
    await expect(client.send(request)).rejects.toThrow();
  });

  it('says with which code a connection failed', async () => {
    const client = openHttpClient('http://127.0.0.1:1', { maxConnections: 1, maxAnswerBytes: 100 });
    closers.push(() => client.close());
    await expect(client.send(request)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
