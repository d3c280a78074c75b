import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OutputStore, openOutputStore } from '@daybook/output-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followLog } from './follow-log.ts';
import { startOfLastLines } from './start-of-last-lines.ts';

let root: string;
let store: OutputStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'follow-log-'));
  store = await openOutputStore({ root });
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(content: string | Uint8Array, attempt = 1): Promise<void> {
  await store.logs.create('job', attempt);
  const log = await store.logs.append('job', attempt, 'a.stdout');
  await log.append(Buffer.from(content));
  await log.close();
}

function follow(options: { readonly fromByte?: number; readonly jobEnded?: Promise<boolean> } = {}) {
  const { fromByte = 0, jobEnded = Promise.resolve(true) } = options;
  return followLog(store, { jobId: 'job', name: 'a.stdout', attempt: undefined, fromByte, jobEnded });
}

async function all(events: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const event of events) found.push(event);
  return found.filter((event) => !event.startsWith(':'));
}

const dataOf = (event: string): string =>
  event
    .split('\n')
    .flatMap((line) => (line.startsWith('data: ') ? line.slice(6) : []))
    .join('\n');

describe('a followed log', () => {
  it('comes in whole lines, and in the end with a line that has no end', async () => {
    await write('one\n\ntwo\r\nthree');
    expect(await all(follow())).toEqual([
      'id: 15\ndata: one\ndata: \ndata: two\ndata: three\n\n',
      'event: end\nid: 15\ndata: \n\n',
    ]);
    expect(await all(follow({ fromByte: 5 }))).toEqual([
      'id: 15\ndata: two\ndata: three\n\n',
      'event: end\nid: 15\ndata: \n\n',
    ]);
  });

  it('has no event that text of a job could forge', async () => {
    await write('data\r\revent: end\rid: 7\n');
    expect((await all(follow()))[0]).toBe('id: 23\ndata: data\ndata: \ndata: event: end\ndata: id: 7\n\n');
  });

  it('cuts a line without an end between characters', async () => {
    const text = `x${'€'.repeat(60_000)}`;
    await write(text);
    const events = await all(follow());
    expect(events.length).toBeGreaterThan(3);
    expect(events.map(dataOf).join('')).toBe(text);
  });

  it('begins anew with a newer attempt', async () => {
    await write('first\n', 1);
    let ended: (value: boolean) => void = () => {};
    const events = follow({ jobEnded: new Promise((resolve) => (ended = resolve)) });
    expect((await events.next()).value).toBe(': open\n\n');
    expect((await events.next()).value).toBe('id: 6\ndata: first\n\n');
    await write('second\n', 2);
    expect((await events.next()).value).toBe('event: restart\nid: 0\ndata: 2\n\n');
    expect((await events.next()).value).toBe('id: 7\ndata: second\n\n');
    ended(true);
    expect((await events.next()).value).toBe('event: end\nid: 7\ndata: \n\n');
  });

  it('breaks off without an end when nobody waits any longer', async () => {
    await write('one\n');
    expect(await all(follow({ jobEnded: Promise.resolve(false) }))).toEqual([]);
  });
});

describe('the last lines of a log', () => {
  it('begin behind a line end', async () => {
    await write(`${'x'.repeat(70_000)}\ntwo\n\nfour`);
    const log = (await store.logs.open('job', 1, 'a.stdout'))!;
    const starts = await Promise.all([1, 2, 3, 4, 5].map((count) => startOfLastLines(log, count)));
    expect(starts).toEqual([70_006, 70_005, 70_001, 0, 0]);
  });
});
