import { DaybookError } from '@daybook/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executeBody } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeEach(async () => {
  test = await startTestAdes({ limits: { sweepIntervalMs: 20, unqueuedAfterMs: 0 } });
  process = await test.deployL1b();
});
afterEach(() => test.close());

const submit = () => test.call('POST', `/processes/${process}/jobs`, executeBody());
const idOf = (answer: { headers: Record<string, unknown> }) => String(answer.headers.location).split('/').at(-1)!;

describe('the request queue', () => {
  it('that refuses a job for good makes it failed, and the answer 503 with its Location', async () => {
    test.queue.error = new DaybookError('not-found', 'The specified queue does not exist');
    const answer = await submit();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().detail).toContain('queue does not exist');
    expect(test.memory.jobs.get(idOf(answer))).toMatchObject({
      status: 'failed',
      final: true,
      error: expect.stringContaining('queue does not exist'),
    });
  });

  it.each(['unavailable', 'timeout'] as const)('that is away (%s) gets the job from the sweep later', async (code) => {
    test.queue.error = new DaybookError(code, 'no answer');
    const answer = await submit();
    expect(answer.statusCode).toBe(201);
    const id = idOf(answer);
    expect(test.memory.jobs.get(id)).toMatchObject({ status: 'submitted', final: false });
    test.queue.error = undefined;
    await expect.poll(() => test.queue.sent.map(({ groupId }) => groupId)).toContain(id);
    await expect.poll(() => test.memory.jobs.get(id)?.['queue-time']).toEqual(expect.any(String));
  });

  it('gets no job again that it is known to have', async () => {
    const id = idOf(await submit());
    await expect.poll(() => test.memory.jobs.get(id)?.['queue-time']).toEqual(expect.any(String));
    const sent = test.queue.sent.length;
    const other = idOf(await submit());
    await expect.poll(() => test.memory.jobs.get(other)?.['queue-time']).toEqual(expect.any(String));
    expect(test.queue.sent.slice(sent).map(({ groupId }) => groupId)).not.toContain(id);
  });

  it('has its queue-times written before the ADES is closed', async () => {
    const id = idOf(await submit());
    await test.ades.close();
    expect(test.memory.jobs.get(id)?.['queue-time']).toEqual(expect.any(String));
  });
});
