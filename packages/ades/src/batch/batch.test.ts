import { DaybookError } from '@daybook/errors';
import { redeemSecrets, verdict } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobIdOfKey } from '../jobs/idempotency-key.ts';
import { deployBody, l1bInputs } from '../testing/request-bodies.ts';
import { secretKeys, startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeEach(async () => {
  test = await startTestAdes();
  process = await test.deployL1b();
});
afterEach(() => test.close());

const item = (collection: string, labels: readonly string[] = []) => ({
  inputs: { ...l1bInputs, input_collection_id: collection },
  labels,
});
const submit = (body: unknown, query = '', headers: Record<string, string> = {}) =>
  test.call('POST', `/processes/${process}/execution/batch${query}`, body, headers);
const lines = (...values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const asLines = { 'content-type': 'application/x-ndjson' };
const succeed = (id: string) => test.memory.apply(verdict({ id, attempt: 1, status: 'succeeded' }));

describe('a batch', () => {
  it('makes a job of each item, in order, and hands them over', async () => {
    const collections = Array.from({ length: 1_203 }, (_, n) => `collection ${n}`);
    const answer = await submit(
      collections.map((each) => item(each, ['own'])),
      '?label=campaign&label=own',
    );
    expect(answer.json()).toMatchObject({
      processID: process,
      'dry-run': false,
      submitted: 1_203,
      deduplicated: 0,
      failed: 0,
    });
    const jobs = answer.json().items.map(({ jobID }: { jobID: string }) => test.memory.jobs.get(jobID));
    expect(jobs.map((job: { inputs: typeof l1bInputs }) => job.inputs.input_collection_id)).toEqual(collections);
    expect(jobs[0]).toMatchObject({ labels: ['own', 'campaign'], state: 'accepted', response: 'raw' });
    expect(new Set(test.queue.sent.map(({ groupId }) => groupId)).size).toBe(1_203);
  });

  it('refuses the items that cannot be submitted, each for its own reason, and submits the others', async () => {
    const answer = await submit(
      lines(
        item('a'),
        7,
        { inputs: { nothing: 1 } },
        { ...item('b'), labels: [5] },
        { ...item('c'), outputs: { no: {} } },
      ),
      '',
      asLines,
    );
    const { items, ...counts } = answer.json();
    expect(counts).toMatchObject({ submitted: 1, failed: 4 });
    expect(items.map((each: { line: number }) => each.line)).toEqual([1, 2, 3, 4, 5]);
    expect(items[0]).toEqual({ line: 1, jobID: expect.any(String), status: 'accepted' });
    const details = items.slice(1).map((each: { error: { detail: string } }) => each.error.detail);
    expect(details).toEqual([
      expect.stringMatching(/object.*7/),
      expect.stringMatching(/"nothing"/),
      expect.stringMatching(/item labels\[0\] .*5/),
      expect.stringMatching(/outputs\.no/),
    ]);
    expect(test.memory.jobs.size).toBe(1);
  });

  it.each([
    ['{"inputs": {}}', {}, /must be an array of execute bodies/],
    ['"[]"', {}, /must be an array of execute bodies/],
    ['[]', {}, /1 to 10000 items, not 0/],
    ['[{]', {}, /not JSON/],
    ['\n\n', asLines, /1 to 10000 items, not 0/],
    ['\n'.repeat(1_000_000), asLines, /at most 100000 lines/],
    ['{"inputs": {}}\n\n{"inputs"', asLines, /^Line 3: it is not JSON/],
    [`[${'1,'.repeat(10_000)}1]`, {}, /not 10001/],
  ])('with the body %.20j is refused as a whole', async (body, headers, detail) => {
    const answer = await submit(body, '', headers as Record<string, string>);
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringMatching(detail)]);
    expect(test.memory.jobs.size).toBe(0);
  });

  it('makes nothing in a dry run, and says what would be', async () => {
    const answer = await submit([item('a'), { inputs: {} }], '?dry-run=true');
    expect(answer.json()).toMatchObject({
      'dry-run': true,
      submitted: 1,
      failed: 1,
      items: [{ line: 1 }, { line: 2, error: { status: 400 } }],
    });
    expect([test.memory.jobs.size, test.queue.sent.length]).toEqual([0, 0]);
  });

  it('gives an item a job that has done the same, unless its outputs are gone or its process was replaced', async () => {
    const [a, b, c] = (await submit([item('a'), item('b'), item('c')]))
      .json()
      .items.map((each: { jobID: string }) => each.jobID);
    succeed(a);
    succeed(c);
    await test.call('DELETE', `/jobs/${c}`);
    const again = await submit([item('a'), item('b'), item('c')], '?dedupe=true');
    expect(again.json()).toMatchObject({
      submitted: 2,
      deduplicated: 1,
      items: [{ line: 1, jobID: a, deduplicated: true }, {}, {}],
    });
    expect(again.json().items[1].jobID).not.toBe(b);
    const record = test.memory.processes.get(process)!;
    test.memory.processes.set(process, { ...record, 'deploy-time': new Date(Date.now() + 1_000).toISOString() });
    expect((await submit([item('a')], '?dedupe=true')).json().deduplicated).toBe(0);
  });

  it('gives the same jobs when it is sent again with its Idempotency-Key, and finishes what was left', async () => {
    const batch = [item('a'), item('b')];
    const key = { 'idempotency-key': 'key' };
    test.queue.error = new DaybookError('unavailable', 'no answer');
    const first = (await submit(batch, '', key)).json().items;
    expect(first[1].jobID).toBe(jobIdOfKey('key/2', 'anonymous', process));
    test.queue.error = undefined;
    const second = await submit(batch, '?dedupe=true', key);
    expect(second.json().items).toEqual(first);
    expect(test.queue.sent.map(({ groupId }) => groupId).sort()).toEqual([first[0].jobID, first[1].jobID].sort());
    succeed(first[0].jobID);
    expect((await submit(batch, '?dedupe=true', key)).json().items[0]).toMatchObject({
      jobID: first[0].jobID,
      status: 'successful',
    });
    const other = (await submit([item('z'), item('b')], '', key)).json().items;
    expect([other[0].error.status, other[1].jobID]).toEqual([422, first[1].jobID]);
  });

  it('makes each job once when it arrives twice at once', async () => {
    const [one, other] = await Promise.all(
      [0, 1].map(() => submit([item('a'), item('b')], '', { 'idempotency-key': 'at once' })),
    );
    expect(one!.json().items).toEqual(other!.json().items);
    expect(test.memory.jobs.size).toBe(2);
  });

  it('seals secrets as a single request does', async () => {
    await test.call('POST', '/processes', deployBody('secret', 'https://cwl.test/secret.cwl'));
    const answer = await test.call('POST', '/processes/secret:develop/execution/batch', [
      { inputs: { token: 'hunter2' } },
    ]);
    const job = test.memory.jobs.get(answer.json().items[0].jobID)!;
    expect(JSON.stringify(job)).not.toContain('hunter2');
    expect(redeemSecrets(secretKeys, job, ['token'])).toEqual({ token: 'hunter2' });
  });

  it('says which jobs the queue refused, which have failed', async () => {
    test.queue.refused = jobIdOfKey('refused/2', 'anonymous', process);
    const answer = await submit([item('a'), item('b')], '', { 'idempotency-key': 'refused' });
    expect(answer.json()).toMatchObject({ submitted: 1, failed: 1, items: [{}, { line: 2, error: { status: 503 } }] });
    expect(test.memory.jobs.get(test.queue.refused)).toMatchObject({ state: 'failed' });
  });

  it('is answered for each item while the database is away', async () => {
    const body = [item('a'), item('b')];
    const create = test.memory.database.createJobs;
    Object.assign(test.memory.database, {
      createJobs: (jobs: Parameters<typeof create>[0]) => {
        test.memory.isAway = true;
        return create(jobs);
      },
    });
    expect((await submit(body)).json().items.map((each: { error: { status: number } }) => each.error.status)).toEqual([
      503, 503,
    ]);
  });

  it('runs a process that is built in', async () => {
    const answer = await test.call('POST', '/processes/echo/execution/batch', [
      { inputs: { text: 'a' } },
      { inputs: {} },
    ]);
    expect(answer.json()).toMatchObject({ submitted: 1, failed: 1 });
    await expect.poll(() => test.memory.jobs.get(answer.json().items[0].jobID)?.state).toBe('successful');
  });
});

describe('batches at once', () => {
  it('are bounded, before their bodies are read', async () => {
    const held: (() => void)[] = [];
    const get = test.memory.database.processes.get;
    Object.assign(test.memory.database.processes, {
      get: async (id: string) => {
        await new Promise<void>((resolve) => held.push(resolve));
        return get(id);
      },
    });
    const two = [submit([item('a')]), submit([item('b')])];
    await expect.poll(() => held.length).toBe(2);
    const third = await submit('{ no JSON');
    expect([third.statusCode, third.headers['retry-after']]).toEqual([503, '5']);
    for (const go of held.splice(0)) go();
    expect((await Promise.all(two)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect((await submit('{ no JSON')).statusCode).toBe(400);
    expect((await submit('{ no JSON')).statusCode).toBe(400);
    const after = submit([item('c')]);
    await expect.poll(() => held.length).toBe(1);
    held[0]!();
    expect((await after).statusCode).toBe(200);
  });
});
