import { dismissal, redeemSecrets, verdict } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deployBody, executeBody, l1bInputs } from '../testing/request-bodies.ts';
import { secretKeys, startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;
let process: string;

beforeEach(async () => {
  test = await startTestAdes({ limits: { operationIntervalMs: 20, operationLeaseMs: 60 } });
  process = await test.deployL1b();
});
afterEach(() => test.close());

async function submit(change: Record<string, unknown> = {}, id = process): Promise<string> {
  const answer = await test.call('POST', `/processes/${id}/jobs`, executeBody({ labels: ['c'], ...change }));
  expect(answer.statusCode, answer.body).toBe(201);
  return String(answer.headers.location).split('/').at(-1)!;
}

async function failed(count = 1, change: Record<string, unknown> = {}, id = process): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => submit(change, id)));
  for (const each of ids) test.memory.apply(verdict({ id: each, attempt: 1, status: 'failed', error: 'no' }));
  return ids;
}

const operate = (body: object) => test.call('POST', '/operations', { query: 'labels:c', ...body });
const job = (id: string) => test.memory.jobs.get(id)!;

async function doneOperation(body: object) {
  const answer = await operate(body);
  expect(answer.statusCode, answer.body).toBe(202);
  const url = new URL(String(answer.headers.location)).pathname;
  await expect.poll(async () => (await test.call('GET', url)).json().status, { timeout: 5_000 }).toBe('done');
  return (await test.call('GET', url)).json();
}

describe('an operation', () => {
  it('retries what has ended, each once', async () => {
    const ended = await failed(250);
    await submit();
    const operation = await doneOperation({ action: 'retry', expect: 250 });
    expect(operation).toMatchObject({
      action: 'retry',
      query: 'labels:c',
      matched: 250,
      done: 250,
      failed: 0,
      failures: [],
    });
    for (const id of ended) {
      const retry = job(job(id)['superseded-by']!);
      expect(retry).toMatchObject({ 'retry-of': id, state: 'accepted', labels: ['c'], inputs: l1bInputs });
      expect(test.queue.sent.map(({ groupId }) => groupId)).toContain(retry.id);
    }
    expect(test.memory.jobs.size).toBe(501);
    expect((await operate({ action: 'retry', 'dry-run': true })).json().matched).toBe(0);
  });

  it('does nothing where the number that matches is not the one expected, or in a dry run', async () => {
    await failed(3);
    const answer = await operate({ action: 'retry', expect: 4 });
    expect([answer.statusCode, answer.json().detail]).toEqual([
      409,
      expect.stringMatching(/matches 3 jobs, not the 4/),
    ]);
    const dry = await operate({ action: 'retry', 'dry-run': true, expect: 3 });
    expect([dry.statusCode, dry.json()]).toEqual([200, { action: 'retry', matched: 3, 'dry-run': true }]);
    expect((await test.call('GET', '/operations')).json().operations).toEqual([]);
    expect(test.memory.jobs.size).toBe(3);
  });

  it('retries with other inputs and another version, which are checked', async () => {
    const [id] = await failed();
    const other = deployBody();
    (other.processDescription as { processVersion: string }).processVersion = 'v2';
    await test.call('POST', '/processes', other);
    const wrong = await doneOperation({ action: 'retry', set: { inputs: { nothing: 1 } } });
    expect(wrong).toMatchObject({
      done: 0,
      failed: 1,
      failures: [{ jobID: id, detail: expect.stringMatching(/"nothing"/) }],
    });
    const gone = await doneOperation({ action: 'retry', set: { 'process-version': 'v3' } });
    expect(gone.failures[0].detail).toMatch(/no process "l1b-cwl:v3"/);
    expect(job(id!)['superseded-by']).toBeUndefined();
    await doneOperation({ action: 'retry', set: { inputs: { start_datetime: 'later' }, 'process-version': 'v2' } });
    expect(job(job(id!)['superseded-by']!)).toMatchObject({
      inputs: { ...l1bInputs, start_datetime: 'later' },
      'process-id': 'l1b-cwl:v2',
      'process-version': 'v2',
    });
  });

  it('retries a job with a secret only when it is given again, and keeps it sealed', async () => {
    await test.call('POST', '/processes', deployBody('secret', 'https://cwl.test/secret.cwl'));
    const [id] = await failed(1, { inputs: { token: 'hunter2' }, outputs: [] }, 'secret:develop');
    const without = await doneOperation({ action: 'retry' });
    expect(without.failures).toEqual([{ jobID: id, detail: expect.stringMatching(/token is gone.*set\.inputs/) }]);
    const operation = await doneOperation({ action: 'retry', set: { inputs: { token: 'hunter3' } } });
    expect(operation).toMatchObject({ done: 1, failed: 0 });
    const retry = job(job(id!)['superseded-by']!);
    expect(redeemSecrets(secretKeys, retry, ['token'])).toEqual({ token: 'hunter3' });
    const stored = await test.memory.database.operations.get(operation.id);
    expect(JSON.stringify([stored, retry, operation])).not.toContain('hunter');
  });

  it('dismisses what is open, and leaves what has ended as it is', async () => {
    const [ended] = await failed();
    const open = [await submit(), await submit()];
    expect(await doneOperation({ action: 'dismiss' })).toMatchObject({ matched: 2, done: 2 });
    for (const id of open) expect(job(id)).toMatchObject({ state: 'dismissed', message: 'Dismissed by anonymous' });
    expect(job(ended!).state).toBe('failed');
  });

  it('removes outputs, and tells of a job that is gone', async () => {
    const [kept, gone] = await failed(2);
    const list = test.memory.database.operations.list;
    let isHeld = true;
    Object.assign(test.memory.database.operations, {
      list: async (...asked: Parameters<typeof list>) => (isHeld ? { items: [], total: 0 } : list(...asked)),
    });
    const answer = await operate({ action: 'delete' });
    expect(answer.json()).toMatchObject({ status: 'running', matched: 2, done: 0 });
    test.memory.jobs.delete(gone!);
    isHeld = false;
    const url = `/operations/${answer.json().id}`;
    await expect.poll(async () => (await test.call('GET', url)).json().status).toBe('done');
    expect((await test.call('GET', url)).json()).toMatchObject({ done: 1, failed: 1, failures: [{ jobID: gone }] });
    expect(job(kept!)['removed-time']).toBeDefined();
  });

  it('adds and removes labels, and tells which jobs would have too many', async () => {
    const few = await submit();
    const many = await submit({ labels: ['c', ...Array.from({ length: 999 }, (_, n) => `${n}`)] });
    const operation = await doneOperation({ action: 'label', 'add-labels': ['new', 'newer'], 'remove-labels': ['c'] });
    expect(job(few).labels).toEqual(['new', 'newer']);
    expect(operation).toMatchObject({
      done: 1,
      failed: 1,
      failures: [{ jobID: many, detail: expect.stringMatching(/1001 labels/) }],
    });
  });

  it('does again what it was at when the database went away, and no job twice', async () => {
    const ids = await failed(300);
    const { supersede, createJobs } = test.memory.database;
    let calls = 0;
    Object.assign(test.memory.database, {
      supersede: async (...asked: Parameters<typeof supersede>) => {
        calls += 1;
        const answer = await supersede(...asked);
        // Between the old jobs and the new ones.
        if (calls === 2) test.memory.isAway = true;
        return answer;
      },
      createJobs: async (...asked: Parameters<typeof createJobs>) => {
        const answer = await createJobs(...asked);
        if (calls === 2) setTimeout(() => Object.assign(test.memory, { isAway: false }), 50);
        return answer;
      },
    });
    expect(await doneOperation({ action: 'retry' })).toMatchObject({ matched: 300, done: 300, failed: 0 });
    expect(calls).toBe(4);
    expect(test.memory.jobs.size).toBe(600);
    expect(new Set(ids.map((id) => job(id)['superseded-by'])).size).toBe(300);
  });

  it('makes one retry of each job, however many operations there are at once', async () => {
    await failed(120);
    const answers = await Promise.all([operate({ action: 'retry' }), operate({ action: 'retry' })]);
    for (const answer of answers) {
      const url = `/operations/${answer.json().id}`;
      await expect.poll(async () => (await test.call('GET', url)).json().status, { timeout: 5_000 }).toBe('done');
    }
    expect(test.memory.jobs.size).toBe(240);
    const listed = (await test.call('GET', '/operations')).json().operations;
    expect(listed.map((each: { done: number }) => each.done).reduce((a: number, b: number) => a + b)).toBe(120);
  });

  describe('that was made elsewhere', () => {
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const write = async (id: string, members: object, ids: readonly string[]) => {
      const counts = { matched: ids.length, done: 0, failed: 0, failures: [] };
      const made = { id, action: 'dismiss', query: 'labels:c', created: at(0), 'user-id': 'ada', ...counts };
      await test.memory.database.operations.putIds(id, 0, ids);
      await test.memory.database.operations.create({ ...made, status: 'running', ...members });
    };
    const stored = (id: string) => test.memory.database.operations.get(id);

    it('is left to who holds it, and gone on with where it was once that one is silent', async () => {
      const [first, second] = [await submit(), await submit()];
      await write('held', { owner: 'other', 'lease-until': at(60_000), done: 1 }, [first, second]);
      await doneOperation({ action: 'label', 'add-labels': ['x'] });
      expect(await stored('held')).toMatchObject({ status: 'running', owner: 'other', done: 1 });
      await test.memory.database.operations.change('held', (each) => ({ ...each, 'lease-until': at(-1) }));
      await expect.poll(async () => (await stored('held'))?.status).toBe('done');
      expect(await stored('held')).toMatchObject({ done: 2, failed: 0 });
      expect(await stored('held')).not.toHaveProperty('owner');
      // The first was counted by the other.
      expect([job(first).state, job(second).state]).toEqual(['accepted', 'dismissed']);
      expect(await test.memory.database.operations.getIds('held', 0)).toBeUndefined();
    });

    it('is no more counted by one that has lost it', async () => {
      const ids = [await submit(), await submit()];
      const { applyUpdates } = test.memory.database;
      Object.assign(test.memory.database, {
        applyUpdates: async (...asked: Parameters<typeof applyUpdates>) => {
          const taken = { owner: 'other', 'lease-until': at(60_000) };
          await test.memory.database.operations.change('lost', (each) => ({ ...each, ...taken }));
          return applyUpdates(...asked);
        },
      });
      await write('lost', {}, ids);
      await expect.poll(() => ids.map((id) => job(id).state)).toEqual(['dismissed', 'dismissed']);
      await new Promise(setImmediate);
      expect(await stored('lost')).toMatchObject({ status: 'running', owner: 'other', done: 0 });
    });

    it('and never begun is removed with its pages', async () => {
      await write('early', { status: 'preparing', 'lease-until': at(60_000) }, ['a']);
      await write('given-up', { status: 'preparing', 'lease-until': at(-1) }, ['a']);
      await expect.poll(() => stored('given-up')).toBeUndefined();
      expect(await test.memory.database.operations.getIds('given-up', 0)).toBeUndefined();
      expect(await stored('early')).toBeDefined();
    });
  });

  it('retries a dismissed job of a process that is built in', async () => {
    const answer = await test.call(
      'POST',
      '/processes/echo/execution',
      { inputs: { text: 'a' }, labels: ['c'] },
      { prefer: 'respond-async' },
    );
    const id = answer.json().jobID;
    test.memory.apply(dismissal({ id }));
    expect(await doneOperation({ action: 'retry', query: { ids: { values: [id] } } })).toMatchObject({ done: 1 });
    await expect.poll(() => job(job(id)['superseded-by']!).state).toBe('successful');
  });

  it.each([
    [{ action: 'forget' }, /action must be one of/],
    [{ action: 'label' }, /needs one of them/],
    [{ action: 'retry', 'add-labels': ['x'] }, /go with the action label/],
    [{ action: 'dismiss', set: {} }, /set goes with the action retry/],
    [
      { action: 'retry', query: { terms: { labels: { index: 'mine', id: '1', path: 'labels' } } } },
      /query\.terms\.labels looks into another index/,
    ],
    [
      { action: 'retry', query: { bool: { filter: [{ script: { script: '1' } }] } } },
      /query\.bool\.filter\[0\]\.script is not allowed/,
    ],
    [{ action: 'retry', expect: -1 }, /expect/],
    [{ action: 'retry', all: true }, /all/],
    [{ action: 'retry', query: ['x'] }, /query/],
  ])('is not made of %j', async (body, detail) => {
    const answer = await operate(body);
    expect([answer.statusCode, answer.json().detail]).toEqual([400, expect.stringMatching(detail)]);
  });

  it('that there is none of is 404', async () => {
    expect((await test.call('GET', '/operations/none')).statusCode).toBe(404);
    expect((await test.call('GET', '/operations/%20')).statusCode).toBe(404);
  });
});
