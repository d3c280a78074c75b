import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { DaybookError } from '@daybook/errors';
import { statusUpdate, verdict } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { l1bInputs } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = 'a secret of some length';
const limits = { callbackIntervalMs: 5, callbackRetryMs: 5, callbackTimeoutMs: 500, operationIntervalMs: 20 };
let receiver: Server;
let received: Received[];
/** What the receiver answers to its nth message. */
let answers: number[];
let url: string;
let test: TestAdes;

beforeEach(async () => {
  received = [];
  answers = [];
  receiver = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, body: await text(request) });
    const status = answers.shift() ?? 202;
    response.writeHead(status, status === 302 ? { location: `${url}/elsewhere` } : {}).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  test = await startTestAdes({ limits, callbackSecret: secret, fetchPolicy: { allowPrivateAddresses: true } });
  await test.deployL1b();
});
afterEach(async () => {
  await test.close();
  receiver.close();
});

const uris = (): Record<string, string> => ({
  successUri: `${url}/success?token=t0k3n`,
  inProgressUri: `${url}/begun`,
  failedUri: `${url}/failed`,
});

async function submit(subscriber: unknown = uris(), more: object = {}): Promise<string> {
  const body = { inputs: l1bInputs, subscriber, ...more };
  const answer = await test.call('POST', '/processes/l1b-cwl:develop/execution', body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json().jobID;
}

const untold = (): number => [...test.memory.subscriptions.documents.values()].filter(({ told }) => !told).length;

const paths = (): (string | undefined)[] => received.map(({ path }) => path);

describe('a subscriber', () => {
  it('is told when the job begins and gets the results document when it succeeded, signed', async () => {
    const id = await submit();
    test.memory.apply(statusUpdate({ id, status: 'running', attempt: 1 }));
    await expect.poll(paths).toEqual(['/begun']);
    expect(JSON.parse(received[0]!.body)).toMatchObject({ jobID: id, status: 'running' });
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: { count: 5 } }));
    await expect.poll(paths).toEqual(['/begun', '/success?token=t0k3n']);
    const { headers, body } = received[1]!;
    expect(JSON.parse(body)).toEqual({ count: 5 });
    expect(headers).toMatchObject({ 'daybook-event': 'success', 'daybook-job': id });
    expect(headers['content-type']).toContain('application/json');
    const signed = createHmac('sha256', secret).update(`${headers['daybook-timestamp']}.${body}`).digest('hex');
    expect(headers['daybook-signature']).toBe(`sha256=${signed}`);
    expect(Math.abs(Number(headers['daybook-timestamp']) - Date.now() / 1_000)).toBeLessThan(10);
    await expect.poll(untold).toBe(0);
  });

  it('of an item of a batch is told of its job, and one that may not be reached is refused', async () => {
    const items = [{ subscriber: uris() }, {}, { subscriber: { successUri: 'ftp://x' } }].map((each) => ({
      inputs: l1bInputs,
      ...each,
    }));
    const answer = await test.call('POST', '/processes/l1b-cwl:develop/execution/batch', items);
    expect(answer.json()).toMatchObject({ submitted: 2, failed: 1, items: [{}, {}, { error: { status: 400 } }] });
    const [first, second] = answer.json().items.map((item: { jobID: string }) => item.jobID);
    for (const id of [second, first]) test.memory.apply(verdict({ id, attempt: 1, status: 'failed', error: 'no' }));
    await expect.poll(paths).toEqual(['/failed']);
    expect(received[0]!.headers['daybook-job']).toBe(first);
  });

  it('gets the status of a job that failed, and none where it asked for none', async () => {
    const quiet = await submit({ successUri: `${url}/success` });
    test.memory.apply(verdict({ id: quiet, attempt: 1, status: 'failed', error: 'no calamity' }));
    await expect.poll(untold).toBe(0);
    const id = await submit();
    await test.call('DELETE', `/jobs/${id}`);
    await expect.poll(paths).toEqual(['/failed']);
    expect(JSON.parse(received[0]!.body)).toMatchObject({ jobID: id, status: 'dismissed' });
  });

  it('that answers no 2xx is told again, later and later, and no redirect is followed', async () => {
    answers = [500, 302, 404];
    const id = await submit({ successUri: `${url}/success` });
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: {} }));
    await expect.poll(() => received.length).toBe(4);
    expect(new Set(paths())).toEqual(new Set(['/success']));
    await expect.poll(untold).toBe(0);
  });

  it('that answers 410 is left alone', async () => {
    answers = [410];
    const id = await submit();
    test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: {} }));
    await expect.poll(untold).toBe(0);
    expect(received).toHaveLength(1);
  });

  it('is told by one of several servers, also of a job that another one took and after that is gone', async () => {
    await test.ades.close();
    const others = await Promise.all(
      [0, 1, 2].map(() =>
        startTestAdes({ limits, fetchPolicy: { allowPrivateAddresses: true }, database: test.memory.database }),
      ),
    );
    const body = { inputs: l1bInputs, subscriber: { successUri: `${url}/success` } };
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const answer = await others[n % 3]!.call('POST', '/processes/l1b-cwl:develop/execution', body);
        return answer.json().jobID as string;
      }),
    );
    await others[0]!.ades.close();
    for (const id of ids) test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: {} }));
    await expect.poll(untold).toBe(0);
    const told = received.map(({ headers }) => headers['daybook-job']);
    expect([told.length, new Set(told)]).toEqual([20, new Set(ids)]);
    await Promise.all(others.map((other) => other.close()));
  });

  it('of a job that is retried is told of the retry as of the job, once, also where it was made in two goes', async () => {
    const id = await submit();
    test.memory.apply(verdict({ id, attempt: 1, status: 'failed', error: 'no' }));
    await expect.poll(untold).toBe(0);
    const { createJobs } = test.memory.database;
    let tries = 0;
    Object.assign(test.memory.database, {
      createJobs: async (...asked: Parameters<typeof createJobs>) => {
        const outcomes = await createJobs(...asked);
        tries += 1;
        if (tries > 1) return outcomes;
        const [retry] = [...test.memory.jobs.keys()].filter((each) => each !== id);
        test.memory.apply(verdict({ id: retry!, attempt: 1, status: 'succeeded', results: { count: 5 } }));
        await expect.poll(untold).toBe(0);
        throw new DaybookError('unavailable', 'the answer was lost');
      },
    });
    const operation = await test.call('POST', '/operations', { action: 'retry', query: { ids: { values: [id] } } });
    const url = `/operations/${operation.json().id}`;
    await expect.poll(async () => (await test.call('GET', url)).json()).toMatchObject({ status: 'done', done: 1 });
    expect([tries, untold()]).toEqual([2, 0]);
    const retry = test.memory.jobs.get(id)!['superseded-by'];
    const told = received.map(({ path, headers }) => [headers['daybook-job'], path]);
    expect(told).toEqual([
      [id, '/failed'],
      [retry, '/success?token=t0k3n'],
    ]);
    expect(JSON.stringify([...test.memory.subscriptions.documents.values()])).not.toContain('t0k3n');
  });

  it('that cannot be read by its server ends in the failure of a retry', async () => {
    const id = await submit({ successUri: `${url}/success` });
    test.memory.apply(verdict({ id, attempt: 1, status: 'failed', error: 'no' }));
    await expect.poll(untold).toBe(0);
    const { documents } = test.memory.subscriptions;
    documents.set(id, { ...documents.get(id)!, sealed: 'v1.other.x' });
    const operation = await test.call('POST', '/operations', { action: 'retry', query: { ids: { values: [id] } } });
    const ended = async () => (await test.call('GET', `/operations/${operation.json().id}`)).json();
    await expect.poll(ended).toMatchObject({ status: 'done', done: 0, failed: 1 });
    expect((await ended()).failures[0].detail).toMatch(`The subscription of job ${id} cannot be read`);
    expect(test.memory.jobs.size).toBe(1);
  });

  it('is forgotten once it was kept for long enough for retries', async () => {
    const id = await submit();
    test.memory.apply(verdict({ id, attempt: 1, status: 'failed', error: 'no' }));
    await expect.poll(untold).toBe(0);
    const { documents } = test.memory.subscriptions;
    const told = documents.get(id)!;
    expect(Date.parse(told['next-time']) - Date.now()).toBeGreaterThan(29 * 24 * 3_600_000);
    documents.set(id, { ...told, 'next-time': new Date().toISOString() });
    await expect.poll(() => documents.size).toBe(0);
    expect(received).toHaveLength(1);
  });

  it('stands nowhere in words', async () => {
    const id = await submit();
    const stored = JSON.stringify([test.memory.jobs.get(id), [...test.memory.subscriptions.documents.values()]]);
    expect(stored).not.toContain('t0k3n');
    expect(stored).not.toContain('127.0.0.1');
  });

  it.each([
    [{}, 'subscriber must have successUri'],
    [{ successUri: 5 }, 'subscriber.successUri must be string'],
    [{ successUri: 'ftp://example.org/' }, 'subscriber.successUri must be an absolute http or https URL'],
    [{ successUri: 'http://example.org/', failedUri: '/here' }, 'subscriber.failedUri must'],
    ['http://example.org/', 'subscriber must be object'],
  ])('that is %j is refused and makes no job', async (subscriber, reason) => {
    const body = { inputs: l1bInputs, subscriber };
    const answer = await test.call('POST', '/processes/l1b-cwl:develop/execution', body);
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringContaining(reason)]);
    expect([test.memory.jobs.size, test.memory.subscriptions.documents.size]).toEqual([0, 0]);
  });
});

describe('a host that may not be reached', () => {
  it('is refused by its address, and gets nothing by its name', async () => {
    const strict = await startTestAdes({ limits, fetchPolicy: {} });
    await strict.deployL1b();
    const execute = (successUri: string) =>
      strict.call('POST', '/processes/l1b-cwl:develop/execution', { inputs: l1bInputs, subscriber: { successUri } });
    const refused = await execute(`${url}/success`);
    expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringContaining('127.0.0.1')]);
    const id = (await execute(`${url.replace('127.0.0.1', 'localhost')}/success`)).json().jobID;
    strict.memory.apply(verdict({ id, attempt: 1, status: 'succeeded', results: {} }));
    await expect.poll(() => strict.memory.subscriptions.documents.get(id)?.tries).toBeGreaterThan(1);
    expect(received).toEqual([]);
    await strict.close();
  });
});
