import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DaybookError } from '@daybook/errors';
import type { JobUpdate } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUpdateSocket, type UpdateSocket } from './update-socket.ts';

const OWNER = { id: 'job-1', attempt: 2 };

describe.skipIf(process.platform !== 'linux')('an update socket', () => {
  let directory: string;
  let socket: UpdateSocket;
  let published: JobUpdate[];
  let publish: (update: JobUpdate) => Promise<void>;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'update-socket-'));
    published = [];
    publish = async (update) => void published.push(update);
    socket = await openUpdateSocket({ owner: OWNER, directory, publish: (update) => publish(update) });
  });
  afterEach(async () => {
    await socket.close();
    await rm(directory, { recursive: true });
  });

  const send = async (...lines: readonly string[]): Promise<unknown[]> => {
    const connection = createConnection(socket.path);
    connection.end(lines.map((line) => `${line}\n`).join(''));
    return (await text(connection))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  };
  const update = (members: object) =>
    JSON.stringify({ id: 'job-1', 'event-id': 'e1', time: '2026-01-01T00:00:00Z', kind: 'update', ...members });

  test('passes on what a job says of itself, in its order', async () => {
    const answers = await send(update({ status: 'cut', progress: 10 }), update({ 'event-id': 'e2', labels: ['fire'] }));
    expect(answers).toEqual([{ published: true }, { published: true }]);
    expect(published).toMatchObject([{ ...OWNER, kind: 'update', status: 'cut', progress: 10 }, { labels: ['fire'] }]);
  });

  test('lets a job speak of no other, under no other attempt and no other event id', async () => {
    await send(update({ id: 'job-2', attempt: 99, worker: 'me', 'user-id': 'root', status: 'mine' }));
    expect(Object.keys(published[0]!).sort()).toEqual(['attempt', 'event-id', 'id', 'kind', 'status', 'time']);
    expect(published[0]).toMatchObject(OWNER);
    expect(published[0]!['event-id']).toMatch(/^[0-9a-f]{64}$/);
  });

  test('gives a repeated line the same event id', async () => {
    await send(update({ status: 'a' }), update({ status: 'a' }), update({ status: 'a', 'event-id': 'other' }));
    const [first, again, other] = published.map((each) => each['event-id']);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test.each(['verdict', 'dismissal', 'submission', 'presumed-failure'])('refuses a %s', async (kind) => {
    const [answer] = await send(update({ kind, attempt: 1, status: kind === 'dismissal' ? 'dismissed' : 'failed' }));
    expect(answer).toMatchObject({ published: false, final: true });
    expect(published).toEqual([]);
  });

  test('refuses what is no update, and goes on', async () => {
    const answers = await send('hello', update({ status: 'a' }));
    expect(answers).toMatchObject([{ published: false, final: true }, { published: true }]);
  });

  test('ends a connection whose line is too long', async () => {
    expect(await send('x'.repeat(300 * 1024)).catch(() => [])).toEqual([]);
    expect(await send(update({ status: 'a' }))).toEqual([{ published: true }]);
  });

  test('tries again while the topic is away', async () => {
    let failures = 0;
    publish = async (each) => {
      if (failures++ === 0) throw new DaybookError('unavailable', 'away');
      published.push(each);
    };
    expect(await send(update({ status: 'a' }))).toEqual([{ published: true }]);
  });

  test('is opened in a directory whose path is longer than a socket may have', async () => {
    const deep = join(directory, 'd'.repeat(120));
    await mkdir(deep);
    const other = await openUpdateSocket({ owner: OWNER, directory: deep, publish });
    await other.close();
  });
});
