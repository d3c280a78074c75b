import type { JobUpdate } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUpdateEndpoint, type UpdateEndpoint } from './update-endpoint.ts';

let endpoint: UpdateEndpoint;
let published: JobUpdate[];
let refuse: Error | undefined;
let ended: AbortController;

beforeEach(async () => {
  published = [];
  refuse = undefined;
  ended = new AbortController();
  endpoint = await openUpdateEndpoint({ host: '127.0.0.1', port: 0 });
});
afterEach(() => endpoint.close());

const publish = async (update: JobUpdate): Promise<void> => {
  if (refuse !== undefined) throw refuse;
  published.push(update);
};
const admit = (id: string): string => endpoint.admit({ owner: { id, attempt: 2 }, publish, signal: ended.signal });
const update = (more: object = {}): string =>
  JSON.stringify({ id: 'other', 'event-id': 'e', time: new Date().toISOString(), status: 'gridding', ...more });

async function send(token: string, body: string, method = 'POST') {
  const init = { method, headers: { authorization: `Bearer ${token}` }, ...(method === 'POST' && { body }) };
  const answer = await fetch(endpoint.url, init);
  return { status: answer.status, body: await answer.json() };
}

describe('the update endpoint', () => {
  test('publishes in the name of the job whose token is shown', async () => {
    const [one, two] = [admit('job-1'), admit('job-2')];
    expect(await send(two, update({ id: 'job-1' }))).toEqual({ status: 200, body: { published: true } });
    expect(await send(one, update({ attempt: 7 }))).toMatchObject({ status: 200 });
    expect(published).toMatchObject([
      { id: 'job-2', attempt: 2, status: 'gridding' },
      { id: 'job-1', attempt: 2 },
    ]);
  });

  test('refuses a token of no job, and of one that has ended', async () => {
    const token = admit('job-1');
    expect(await send('none', update())).toMatchObject({ status: 401, body: { published: false, final: true } });
    ended.abort();
    expect(await send(token, update())).toMatchObject({ status: 401 });
    expect(published).toEqual([]);
  });

  test('refuses what is no update, what is too long, and other requests', async () => {
    const token = admit('job-1');
    expect(await send(token, 'no JSON')).toMatchObject({ status: 400, body: { final: true } });
    expect(await send(token, update({ kind: 'verdict' }))).toMatchObject({ status: 400 });
    expect(await send(token, update({ message: 'x'.repeat(2 ** 18) }))).toMatchObject({ status: 413 });
    expect(await send(token, '', 'GET')).toMatchObject({ status: 404 });
    expect(published).toEqual([]);
  });

  test('says that it may be tried again when the topic does not take it', async () => {
    refuse = new Error('the topic is away');
    const answer = await send(admit('job-1'), update());
    expect(answer).toEqual({ status: 503, body: { published: false, final: false, reason: 'the topic is away' } });
  });
});
