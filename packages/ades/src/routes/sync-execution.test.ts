import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonObject, verdict } from '@daybook/jobs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { l1bInputs } from '../testing/request-bodies.ts';
import { startTestAdes, type TestAdes } from '../testing/start-test-ades.ts';

let test: TestAdes;

beforeAll(async () => {
  test = await startTestAdes({ limits: { syncWaitMs: 5_000, maxSyncRequests: 2 } });
  for (const [id, jobControlOptions] of [
    ['both', undefined],
    ['sync', ['sync-execute']],
    ['async', ['async-execute', 'nonsense']],
  ] as const) {
    const body = {
      processDescription: { id, ...(jobControlOptions !== undefined && { jobControlOptions }) },
      executionUnit: { href: 'https://cwl.test/workflow.cwl' },
    };
    const deployed = await test.call('POST', '/processes', body, { 'content-type': 'application/ogcapppkg+json' });
    expect(deployed.statusCode, deployed.body).toBe(201);
  }
});
afterAll(() => test.close());

const files = ['l1b.csv', 'l1b.nc'];

/** Publishes two files as the job's first attempt, as a worker does. */
async function publish(job: string): Promise<void> {
  const source = join(test.directory, job);
  await mkdir(source);
  const staged = await test.outputStore.stage(job, 1, { ownedRoot: source });
  for (const name of files) {
    await writeFile(join(source, name), `bytes of ${name}`);
    await staged.add(join(source, name), [name.replace('.', '-'), name]);
  }
  await staged.publish();
}

const base = (job: string) => `http://localhost:5001/jobs/${job}/outputs`;

async function succeed(job: string, results?: JsonObject): Promise<void> {
  await publish(job);
  const located = files.map((name) => {
    const location = `${base(job)}/${name.replace('.', '-')}/${name}`;
    return [name.replace('.', '-'), { class: 'File', location, basename: name }] as const;
  });
  const all = results ?? { ...Object.fromEntries(located), count: 5, text: 'bare', nothing: null };
  const outputs = Object.fromEntries(Object.keys(all).map((id) => [id, `${base(job)}/${id}`]));
  test.memory.apply(verdict({ id: job, attempt: 1, status: 'succeeded', outputs, results: all }));
}

/** Ends the next job that is submitted. */
async function whenSubmitted(end: (job: string) => void | Promise<void>): Promise<void> {
  const before = test.queue.sent.length;
  await expect.poll(() => test.queue.sent.length, { interval: 5 }).toBe(before + 1);
  await end(JSON.parse(test.queue.sent.at(-1)!.body).id);
}

const execute = (process: string, body: object = {}, headers: Record<string, string> = {}) =>
  test.call('POST', `/processes/${process}/execution`, { inputs: l1bInputs, ...body }, headers);

describe('an execution', () => {
  it('waits for the results where the process can and nothing else is preferred', async () => {
    const [answer] = await Promise.all([
      execute('both', { response: 'document' }),
      whenSubmitted((job) => succeed(job, { count: 5 })),
    ]);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toEqual({ count: 5 });
    expect(answer.headers.link).toBeUndefined();
  });

  it('answers at once where asynchrony is preferred', async () => {
    const answer = await execute('both', {}, { prefer: 'respond-async' });
    expect([answer.statusCode, answer.headers['preference-applied']]).toEqual([201, 'respond-async']);
    expect(answer.headers.location).toBe(`http://localhost:5001/jobs/${answer.json().jobID}`);
  });

  it('of a process that is synchronous only waits whatever is preferred', async () => {
    const [answer] = await Promise.all([
      execute('sync', {}, { prefer: 'respond-async' }),
      whenSubmitted((job) => succeed(job, { count: 5 })),
    ]);
    expect([answer.statusCode, answer.body]).toEqual([200, '5']);
  });

  it('of a process that is asynchronous only never waits', async () => {
    expect((await execute('async')).statusCode).toBe(201);
    expect((await test.call('GET', '/processes/async')).json().jobControlOptions).toEqual(['async-execute']);
  });

  it('goes on asynchronously when the time that it may wait is over', async () => {
    const answer = await execute('both', {}, { prefer: 'wait=1' });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({ status: 'accepted', links: expect.any(Array) });
  });

  it('says why the job failed', async () => {
    const [answer] = await Promise.all([
      execute('both'),
      whenSubmitted((id) => test.memory.apply(verdict({ id, attempt: 1, status: 'failed', error: 'no calamity' }))),
    ]);
    expect(answer.json()).toMatchObject({ status: 500, detail: 'no calamity' });
  });

  it('is refused and makes no job where too many wait', async () => {
    const jobs = test.memory.jobs.size;
    const waiting = [execute('both', {}, { prefer: 'wait=1' }), execute('both', {}, { prefer: 'wait=1' })];
    await expect.poll(() => test.memory.jobs.size).toBe(jobs + 2);
    const refused = await execute('both');
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
    expect(test.memory.jobs.size).toBe(jobs + 2);
    for (const answer of await Promise.all(waiting)) expect(answer.statusCode).toBe(201);
    expect((await execute('both', {}, { prefer: 'wait=0' })).statusCode).toBe(201);
  });
});

describe('raw results', () => {
  const raw = async (body: object, results?: JsonObject) =>
    (await Promise.all([execute('both', body), whenSubmitted((job) => succeed(job, results))]))[0];

  it('of one output are the bare value, in its own media type', async () => {
    const text = await raw({}, { text: 'bare' });
    expect([text.body, text.headers['content-type']]).toEqual(['bare', 'text/plain; charset=utf-8']);
    const list = await raw({ response: 'raw' }, { list: [1, 2] });
    expect([list.body, list.headers['content-type']]).toEqual(['[1,2]', 'application/json; charset=utf-8']);
  });

  it('of several outputs are the parts of one multipart/related body, files by their bytes', async () => {
    const answer = await raw({});
    const { boundary } = /boundary=(?<boundary>.+)$/.exec(String(answer.headers['content-type']))!.groups!;
    expect(answer.headers['content-type']).toMatch(/^multipart\/related; type="text\/csv"; /);
    const parts = answer.body.split(`--${boundary}`);
    expect([parts[0], parts.at(-1)]).toEqual(['', '--\r\n']);
    expect(parts.slice(1, -1)).toEqual([
      '\r\nContent-Type: text/csv; charset=utf-8\r\nContent-ID: l1b-csv\r\nContent-Length: 16\r\n\r\nbytes of l1b.csv\r\n',
      '\r\nContent-Type: application/x-netcdf\r\nContent-ID: l1b-nc\r\nContent-Length: 15\r\n\r\nbytes of l1b.nc\r\n',
      '\r\nContent-Type: application/json; charset=utf-8\r\nContent-ID: count\r\n\r\n5\r\n',
      '\r\nContent-Type: text/plain; charset=utf-8\r\nContent-ID: text\r\n\r\nbare\r\n',
    ]);
    expect(answer.headers.link).toBeUndefined();
  });

  it('by reference are Link headers and no body', async () => {
    const outputs = { output: { transmissionMode: 'reference' } };
    const answer = await raw({ outputs }, { output: 5 });
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    const url = /^<(\S+)>; rel="item"; type="application\/json"; title="output"$/.exec(
      String(answer.headers.link),
    )![1]!;
    expect((await test.call('GET', new URL(url).pathname)).body).toBe('5');
  });

  it('of a directory are where it can be read', async () => {
    const tree = { class: 'Directory', location: 'http://localhost:5001/tree', basename: 'tree' };
    expect(String((await raw({}, { tree })).headers.link)).toContain('<http://localhost:5001/tree>');
    const mixed = await raw({}, { tree, count: 5 });
    expect(mixed.body).toContain('Content-Location: http://localhost:5001/tree\r\n\r\n\r\n--');
  });

  it('are given again by the results of the job, as they were asked for', async () => {
    const job = (await execute('both', {}, { prefer: 'respond-async' })).json().jobID;
    await succeed(job, { text: 'bare' });
    const results = await test.call('GET', `/jobs/${job}/results`);
    expect([results.statusCode, results.body]).toEqual([200, 'bare']);
  });

  it('of one file are its bytes, ranges of them by GET', async () => {
    const job = (await execute('both', {}, { prefer: 'respond-async' })).json().jobID;
    const location = `${base(job)}/l1b-csv/l1b.csv`;
    await succeed(job, { 'l1b-csv': { class: 'File', location, basename: 'l1b.csv' } });
    const part = await test.call('GET', `/jobs/${job}/results`, undefined, { range: 'bytes=0-4' });
    expect([part.statusCode, part.body]).toEqual([206, 'bytes']);
  });
});
