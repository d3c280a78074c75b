import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';
import { createTransport, type Transport } from './transport.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | undefined;
afterEach(() => server?.close());

const ok: Answer = (_request, response) => response.setHeader('content-type', 'application/json').end('{"well": true}');
const busy: Answer = (_request, response) => response.writeHead(503, { 'retry-after': '0' }).end();
const broken: Answer = (request) => request.socket.destroy();

/** An ADES that answers so, one request after the other, the last for ever; counts them. */
async function ades(answers: readonly Answer[]): Promise<{ transport: Transport; count: () => number; url: string }> {
  let count = 0;
  server = createServer((request, response) => answers[Math.min(count++, answers.length - 1)]!(request, response));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signal = new AbortController().signal;
  return { transport: createTransport({ url, signal, notice: () => {} }), count: () => count, url };
}

it('a request is sent again while the ADES is busy, whatever it is', async () => {
  const { transport, count } = await ades([busy, busy, ok]);
  const answer = await transport.send({ method: 'POST', path: '/', body: '{}' });
  expect([answer.status, answer.body, count()]).toEqual([200, { well: true }, 3]);
});

it('a POST that was lost on its way is sent again only where that makes no second job', async () => {
  const lost: Answer = (_request, response) => response.writeHead(504).end();
  const { transport, count } = await ades([lost, lost, ok]);
  await expect(transport.send({ method: 'POST', path: '/operations', body: '{}' })).rejects.toThrow('answered 504');
  expect(count()).toBe(1);
  await transport.send({ method: 'POST', path: '/jobs', body: '{}', repeatable: true });
  expect(count()).toBe(3);
});

it('a POST whose connection breaks is sent again only where that makes no second job', async () => {
  const { transport, count } = await ades([ok, broken, broken, ok]);
  await transport.send({ path: '/' });
  await expect(transport.send({ method: 'POST', path: '/jobs', body: '{}' })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('POST http'),
  });
  expect(count()).toBe(2);
  await transport.send({ method: 'POST', path: '/jobs', body: '{}', repeatable: true });
  expect(count()).toBe(4);
});

it('an ADES that was never reached is not waited for, and the error says what to do', async () => {
  const { transport, url } = await ades([ok]);
  await new Promise((resolve) => server!.close(resolve));
  await expect(transport.send({ path: '/jobs' })).rejects.toMatchObject({
    code: 'unavailable',
    message: `no ADES answers at ${url} (ECONNREFUSED): start one with "daybook serve", or name yours with --url or DAYBOOK_URL`,
  });
});

it('a refusal is said in the words of the ADES, and not asked again', async () => {
  const detail = 'There is no job "x"';
  const { transport, count } = await ades([
    (_request, response) =>
      response.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ detail })),
  ]);
  await expect(transport.send({ path: '/jobs/x' })).rejects.toMatchObject({ code: 'not-found', message: detail });
  expect(count()).toBe(1);
});

it('an answer that was expected is none to wait out', async () => {
  const { transport, count } = await ades([busy]);
  expect((await transport.send({ path: '/health', expected: [503] })).status).toBe(503);
  expect(count()).toBe(1);
});

it('a request has a time limit', async () => {
  const { transport } = await ades([ok, () => {}]);
  await transport.send({ path: '/' });
  const asked = transport.send({ method: 'POST', path: '/', body: '', timeoutMs: 50 });
  await expect(asked).rejects.toThrow('no answer in time');
});

it('Retry-After is seconds or a date, and no longer than a minute', () => {
  const now = Date.parse('2016-01-14T08:00:00Z');
  expect(retryDelayMs(1, '3', now)).toBe(3000);
  expect(retryDelayMs(1, 'Thu, 14 Jan 2016 08:00:10 GMT', now)).toBe(10_000);
  expect(retryDelayMs(1, '86400', now)).toBe(60_000);
  for (const retry of [1, 4, 20]) {
    const bound = Math.min(5000, 200 * 2 ** (retry - 1));
    const waited = retryDelayMs(retry, 'soon', now);
    expect(waited).toBeGreaterThanOrEqual(bound / 2);
    expect(waited).toBeLessThanOrEqual(bound);
  }
});
