import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Changes, followChanges } from './changes.ts';
import { createTransport } from './transport.ts';

let server: Server;
let controller: AbortController;
let streams: ServerResponse[];
let changes: Changes | undefined;
/** Whether the ADES sends events. */
let offers: boolean;

beforeEach(async () => {
  [streams, offers, controller, changes] = [[], true, new AbortController(), undefined];
  server = createServer((request, response) => {
    expect(request.url).toBe('/jobs/events?label=x');
    if (!offers) return void response.writeHead(503, { 'retry-after': '0' }).end();
    streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    response.write(': open\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  changes?.close();
  server.closeAllConnections();
  server.close();
});

async function follow(): Promise<Changes> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ades = createTransport({ url, signal: controller.signal, notice: () => {} });
  changes = await followChanges(ades, new URLSearchParams({ label: 'x' }), controller.signal);
  return changes;
}

const tell = (): boolean => streams.at(-1)!.write('event: job\nid: 1\ndata: {}\n\n');
/** How long a call took, in milliseconds. */
async function took(wait: Parameters<Changes['next']>[0]): Promise<number> {
  const startedAt = Date.now();
  await changes!.next(wait);
  return Date.now() - startedAt;
}
const never = 60_000;

it('an event is what ends a wait, but no wait is shorter than the least', async () => {
  await follow();
  // Before the stream was open.
  await took({ leastMs: 1, pollMs: never });
  let isOver = false;
  const wait = took({ leastMs: 1, pollMs: 1 }).then(() => {
    isOver = true;
  });
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  tell();
  await wait;
  tell();
  tell();
  await expect.poll(() => streams.at(-1)!.writableLength).toBe(0);
  expect(await took({ leastMs: 100, pollMs: never })).toBeGreaterThanOrEqual(99);
  expect(await took({ leastMs: 1, pollMs: never, mostMs: 50 })).toBeGreaterThanOrEqual(49);
});

it('an ADES that sends no events is polled', async () => {
  offers = false;
  await follow();
  expect(await took({ leastMs: 1, pollMs: 50 })).toBeGreaterThanOrEqual(49);
  expect(await took({ leastMs: 1, pollMs: 50 })).toBeGreaterThanOrEqual(49);
});

it('a stream that breaks is opened again, and what happened meanwhile is looked for', async () => {
  await follow();
  await took({ leastMs: 1, pollMs: never });
  streams[0]!.destroy();
  await took({ leastMs: 1, pollMs: 1 });
  await expect.poll(() => streams.length, { timeout: 5_000 }).toBe(2);
  await took({ leastMs: 1, pollMs: never });
});

it('a wait ends when it is interrupted', async () => {
  await follow();
  await took({ leastMs: 1, pollMs: never });
  const wait = took({ leastMs: 1, pollMs: never });
  controller.abort();
  await expect(wait).rejects.toThrow('aborted');
});
