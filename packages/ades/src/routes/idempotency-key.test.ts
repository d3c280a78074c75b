import { DaybookError } from '@daybook/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeBody, l1bInputs } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeAll(async () => {
  test = await startTestAdes();
  process = await test.deployL1b();
});
afterAll(() => test.close());

const execute = (key: string, body: object = { inputs: l1bInputs }, headers: Record<string, string> = {}) =>
  test.call('POST', `/processes/${process}/execution`, body, { 'idempotency-key': key, ...headers });
const sent = (id: string) => test.queue.sent.filter(({ groupId }) => groupId === id).length;

describe('an execute request that is sent again with its Idempotency-Key', () => {
  it('is answered with the job of the first', async () => {
    const first = await execute('again');
    const second = await execute('again');
    expect([first.statusCode, second.statusCode]).toEqual([201, 201]);
    expect(second.headers.location).toBe(first.headers.location);
    expect(first.json().jobID).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is answered with it in the WPS-T form as well', async () => {
    const headers = { 'idempotency-key': 'wps-t' };
    const calls = [1, 2].map(() => test.call('POST', `/processes/${process}/jobs`, executeBody(), headers));
    const [first, second] = await Promise.all(calls);
    expect(second?.headers.location).toBe(first?.headers.location);
  });

  it('makes one job however many arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => execute('at once')));
    expect(new Set(answers.map((answer) => answer.json().jobID)).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201));
  });

  it('runs echo once', async () => {
    const echo = () =>
      test.call('POST', '/processes/echo/execution', { inputs: { text: 'a' } }, { 'idempotency-key': 'echo' });
    expect((await echo()).body).toBe('a');
    const jobs = test.memory.jobs.size;
    expect((await echo()).body).toBe('a');
    expect(test.memory.jobs.size).toBe(jobs);
  });

  it('is handed over where the first one ended before that', async () => {
    const { jobID } = (await execute('handed over')).json();
    expect(sent(jobID)).toBe(1);
    await execute('handed over');
    expect(sent(jobID)).toBe(2);
    await expect.poll(() => test.memory.jobs.get(jobID)?.['queue-time'], { timeout: 5_000 }).toBeDefined();
    await execute('handed over');
    expect(sent(jobID)).toBe(2);
  });

  it('is refused where its inputs are others', async () => {
    await execute('other inputs');
    const answer = await execute('other inputs', { inputs: { ...l1bInputs, start_datetime: 'x' } });
    expect(answer.json()).toMatchObject({ status: 422, type: 'urn:daybook:exception:idempotency-key-reused' });
  });

  it('makes another job for another user', async () => {
    const [first, second] = [await execute('user'), await execute('user', undefined, { 'x-user-id': 'lena' })];
    expect(second.json().jobID).not.toBe(first.json().jobID);
  });

  it.each(['', 'é', 'x'.repeat(256)])('is refused where the key is %j', async (key) => {
    expect((await execute(key)).json()).toMatchObject({ status: 400, detail: expect.stringContaining('Idempotency') });
  });

  it('may try again after the database was away', async () => {
    test.memory.isAway = true;
    expect((await execute('away')).statusCode).toBe(503);
    test.memory.isAway = false;
    test.queue.error = new DaybookError('unavailable', 'away');
    expect((await execute('away')).statusCode).toBe(201);
    test.queue.error = undefined;
    const { jobID } = (await execute('away')).json();
    expect(sent(jobID)).toBe(1);
  });
});
