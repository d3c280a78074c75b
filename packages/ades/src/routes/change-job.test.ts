import { statusUpdate } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeBody } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let job: string;

beforeAll(async () => {
  test = await startTestAdes();
  const process = await test.deployL1b();
  const answer = await test.call('POST', `/processes/${process}/jobs`, executeBody({ labels: ['a', 'b'] }));
  job = String(answer.headers.location).split('/').at(-1)!;
});
afterAll(() => test.close());

const patch = (body: unknown, id = job) => test.call('PATCH', `/jobs/${id}`, body);

describe('the labels of a job', () => {
  it('are added and removed, and stay so when the job goes on', async () => {
    const answer = await patch({ 'add-labels': ['d', 'c'], 'remove-labels': ['a', 'never there'] });
    expect([answer.statusCode, answer.json().labels]).toEqual([200, ['b', 'c', 'd']]);
    test.memory.apply(statusUpdate({ id: job, status: 'running', labels: ['a'] }));
    const status = await test.call('GET', `/jobs/${job}`);
    expect(status.json()).toMatchObject({ status: 'running', labels: ['b', 'c', 'd'], 'user-id': 'anonymous' });
  });

  it('are found by the list of jobs', async () => {
    await patch({ 'add-labels': ['found'] });
    expect((await test.call('GET', '/jobs?label=found')).json().jobs).toHaveLength(1);
    await patch({ 'remove-labels': ['found'] });
    expect((await test.call('GET', '/jobs?label=found')).json().jobs).toHaveLength(0);
  });

  it.each([
    [{}, /a label in add-labels or remove-labels/],
    [{ 'add-labels': ['x'], 'remove-labels': ['x'] }, /"x" is both added and removed/],
    [{ 'add-labels': [7] }, /add-labels\[0\]/],
    [{ 'add-labels': [''] }, /add-labels\[0\]/],
    [{ labels: ['x'] }, /labels/],
    [{ 'add-labels': ['x'.repeat(1_025)] }, /at most 1024 characters, not 1025/],
    [{ 'add-labels': Array.from({ length: 1_000 }, (_, n) => `label ${n}`) }, /100[0-9] labels: at most 1000/],
  ])('are not changed by %j', async (body, detail) => {
    const before = test.memory.jobs.get(job);
    const answer = await patch(body);
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringMatching(detail)]);
    expect(test.memory.jobs.get(job)).toBe(before);
  });

  it('are those of a job that is there', async () => {
    expect((await patch({ 'add-labels': ['x'] }, 'no-such-job')).statusCode).toBe(404);
  });
});
