import { redeemSecrets } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployBody } from '../testing/request-bodies.ts';
import { secretKeys, startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;

beforeAll(async () => {
  test = await startTestAdes({ secretInputs: ['input_*_id', 'text'] });
  await test.deployL1b();
  await test.call('POST', '/processes', deployBody('secret', 'https://cwl.test/secret.cwl'));
});
afterAll(() => test.close());

const execute = (inputs: object, key?: string) =>
  test.call(
    'POST',
    '/processes/secret:develop/execution',
    { inputs },
    key === undefined ? {} : { 'idempotency-key': key },
  );
const known = (): string => JSON.stringify([[...test.memory.jobs.values()], test.queue.sent]);

describe('a secret input', () => {
  it('is sealed in the document of its job, in either form of the request', async () => {
    const wpsT = await test.call('POST', '/processes/secret:develop/jobs', { inputs: { token: 'hunter2' } });
    const ogc = await execute({ token: 'hunter2' });
    for (const answer of [wpsT, ogc]) {
      expect(answer.statusCode).toBe(201);
      expect(answer.body).not.toContain('hunter2');
      const job = test.memory.jobs.get(String(answer.headers.location).split('/').at(-1)!)!;
      expect(job.inputs).toEqual({ token: '***' });
      expect(redeemSecrets(secretKeys, job, ['token'])).toEqual({ token: 'hunter2' });
    }
    expect(known()).not.toContain('hunter2');
  });

  it('that the settings alone name is sealed as well', async () => {
    const inputs = {
      input_collection_id: 'hunter3',
      start_datetime: 'a',
      stop_datetime: 'b',
      output_collection_id: 'c',
    };
    const answer = await test.call('POST', '/processes/l1b-cwl:develop/execution', { inputs });
    expect(answer.statusCode, answer.body).toBe(201);
    expect(test.memory.jobs.get(answer.json().jobID)?.inputs).toMatchObject({ input_collection_id: '***' });
    expect(known()).not.toContain('hunter3');
  });

  it('is told from another one when a request is sent again', async () => {
    const first = await execute({ token: 'one' }, 'key');
    expect((await execute({ token: 'one' }, 'key')).json().jobID).toBe(first.json().jobID);
    const other = await execute({ token: 'two' }, 'key');
    expect(other.statusCode).toBe(422);
    expect((await execute({ token: '***' }, 'key')).statusCode).toBe(422);
  });

  it('must be a text', async () => {
    const jobs = test.memory.jobs.size;
    for (const token of [7, ['hunter4'], { word: 'hunter4' }]) {
      const answer = await execute({ token });
      expect(answer.statusCode).toBe(400);
      expect(answer.json().detail).toMatch(/^input "token": expected a string/);
      expect(answer.body).not.toContain('hunter4');
    }
    expect(test.memory.jobs.size).toBe(jobs);
  });

  it('is refused where the process is built in and would show it', async () => {
    const answer = await test.call('POST', '/processes/echo/execution', { inputs: { text: 'hunter5' } });
    expect(answer.statusCode).toBe(501);
    expect(answer.json().detail).toMatch(/^Input text is secret by this server's settings/);
    expect(known()).not.toContain('hunter5');
  });
});
