import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callSqs } from '../support/bus-wire.ts';
import { type Daybook, sharedDaybook, startOnTarget } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { type Answer, call, deployExample, type Json, jobDocument, verdictOf } from '../support/wps-t.ts';

const { ades, database } = sharedDaybook();
const run = Date.now().toString(36);
const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join('\n');

function submit(url: string, process: string, items: readonly unknown[], query = '', key?: string): Promise<Answer> {
  return call('POST', `${url}/processes/${process}/execution/batch${query}`, lines(items), {
    'content-type': 'application/x-ndjson',
    ...(key !== undefined && { 'idempotency-key': key }),
  });
}

const idsOf = (answer: Answer): string[] => answer.body.items.map((item: Json) => item.jobID);
const listed = async (query: string): Promise<string[]> =>
  (await call('GET', `${ades}/jobs?limit=1000&${query}`)).body.jobs.map((job: Json) => job.jobID);

describe('a batch of execute requests', () => {
  let process: string;
  beforeAll(async () => {
    process = await deployExample(ades, 'echo/echo.cwl');
  });

  it('runs its jobs, and tells which items could not be submitted', async () => {
    const label = `batch-${run}`;
    const items = [
      { inputs: { message: 'one' } },
      { inputs: { unknown: 1 } },
      { inputs: { message: 'three' }, labels: ['third'] },
    ];
    const answer = await submit(ades, process, items, `?label=${label}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ submitted: 2, failed: 1, items: [{}, { error: { status: 400 } }, {}] });
    const [one, , three] = idsOf(answer);
    expect(await verdictOf(database, one!)).toMatchObject({ status: 'succeeded', labels: [label] });
    expect(await verdictOf(database, three!)).toMatchObject({ status: 'succeeded', labels: ['third', label] });
  });

  it('takes a job that did the same in the place of a new one', async () => {
    const items = [{ inputs: { message: `same-${run}` } }, { inputs: { message: `other-${run}` } }];
    const [first] = idsOf(await submit(ades, process, items.slice(0, 1)));
    await verdictOf(database, first!);
    const again = await eventually('the job in searches', async () => {
      const answer = await submit(ades, process, items, '?dedupe=true&dry-run=true');
      return answer.body.deduplicated === 1 ? answer : undefined;
    });
    expect(again.body.items).toEqual([{ line: 1, jobID: first, deduplicated: true }, { line: 2 }]);
    expect(await listed(`input=message=same-${run}`)).toEqual([first]);
  });

  it('makes its jobs once, however often it is sent with its key', async () => {
    const items = Array.from({ length: 300 }, (_, n) => ({ inputs: { message: `${n}` } }));
    const label = `once-${run}`;
    const send = () => submit(ades, process, items, `?label=${label}`, `key-${run}`);
    const [one, other] = await Promise.all([send(), send()]);
    expect(new Set(idsOf(one)).size).toBe(300);
    expect(idsOf(other)).toEqual(idsOf(one));
    expect(idsOf(await send())).toEqual(idsOf(one));
    await eventually('all jobs in searches', async () => (await listed(`label=${label}`)).length === 300 || undefined);
    for (const id of idsOf(one)) await call('DELETE', `${ades}/jobs/${id}`);
  });
});

describe('a batch whose server is killed', () => {
  let dataDir: string;
  let daybook: Daybook | undefined;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'daybook-batch-'));
  });
  afterAll(async () => {
    await daybook?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is finished by sending it again: each item has one job, which is in the queue', async () => {
    daybook = await startOnTarget({ dataDir, flags: ['--slots', '0'] });
    const process = await deployExample(daybook.ades, 'echo/echo.cwl');
    const items = Array.from({ length: 3_000 }, (_, n) => ({ inputs: { message: `${n}` } }));
    const label = `killed-${run}`;
    const send = () => submit(daybook!.ades, process, items, `?label=${label}`, `killed-${run}`);
    const count = async (): Promise<number> => {
      const query = { query: { term: { labels: label } } };
      return (await call('POST', `${daybook!.database}/jobs/_count`, query)).body.count;
    };
    const cut = send().catch(() => undefined);
    await eventually('some of the jobs', async () => ((await count()) > 0 ? true : undefined));
    await daybook.kill();
    await cut;

    daybook = await startOnTarget({ dataDir, flags: ['--slots', '0'] });
    const answer = await send();
    expect(answer.body).toMatchObject({ submitted: 3_000, failed: 0 });
    await eventually('all jobs in searches', async () => ((await count()) >= 3_000 ? true : undefined));
    expect(await count()).toBe(3_000);
    const last = await jobDocument(daybook.database, idsOf(answer).at(-1)!);
    expect(last).toMatchObject({ inputs: { message: '2999' }, labels: [label], status: 'submitted' });
    const { Attributes } = await callSqs(daybook.bus, 'GetQueueAttributes', {
      QueueUrl: daybook.busResources.requestQueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    expect(Number((Attributes as Json).ApproximateNumberOfMessages)).toBe(3_000);
  });
});

describe('the labels of a job', () => {
  it('are changed also when the job has ended, and the list finds it by them and by its error', async () => {
    const process = await deployExample(ades, 'fails-in-step-two/workflow.cwl');
    const [id] = idsOf(await submit(ades, process, [{ inputs: {}, labels: [`old-${run}`, `kept-${run}`] }]));
    const change = { 'add-labels': [`new-${run}`], 'remove-labels': [`old-${run}`] };
    expect((await call('PATCH', `${ades}/jobs/${id}`, change)).status).toBe(200);
    const document = await verdictOf(database, id!);
    expect(document.labels).toEqual([`kept-${run}`, `new-${run}`]);
    const changes = Array.from({ length: 8 }, (_, n) =>
      call('PATCH', `${ades}/jobs/${id}`, { 'add-labels': [`${n}-${run}`] }),
    );
    for (const { status } of await Promise.all(changes)) expect(status).toBe(200);
    const status = (await call('GET', `${ades}/jobs/${id}`)).body;
    expect(status.labels).toHaveLength(10);
    expect(status['error-class']).toBe(document['error-class']);
    const errorClass = encodeURIComponent(document['error-class']);
    await eventually('the changed job in searches', async () => {
      const found = await listed(`label=new-${run}&label=7-${run}&error-class=${errorClass}&error-class=none`);
      return found.includes(id!) || undefined;
    });
    expect(await listed(`label=old-${run}`)).toEqual([]);
    expect(await listed(`label=new-${run}&error-class=none`)).toEqual([]);
  });
});
