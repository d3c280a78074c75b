import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
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

// On a database that other servers share they take its jobs, once they have waited long enough.
describe.runIf(inject('target').engine === 'embedded')('a batch whose server is killed', () => {
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
    const [requests] = (await call('GET', `${daybook.ades}/queues`)).body.queues;
    expect(requests).toMatchObject({ name: 'requests', waiting: 3_000, 'in-flight': 0, 'dead-letters': 0 });
    expect(requests['oldest-seconds']).toBeGreaterThan(0);
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

describe('a campaign', () => {
  const label = `campaign ${run}/ü`;
  const url = `${ades}/campaigns/${encodeURIComponent(label)}`;
  let echo: string;
  let fails: string;
  let failed: string;

  beforeAll(async () => {
    echo = await deployExample(ades, 'echo/echo.cwl');
    fails = await deployExample(ades, 'fails-in-step-two/workflow.cwl');
    const sleep = await deployExample(ades, 'sleep/sleep.cwl');
    const labels = [label];
    const succeeding = await submit(
      ades,
      echo,
      [1, 2, 3].map((n) => ({ inputs: { message: `${n}` }, labels })),
    );
    [failed] = idsOf(await submit(ades, fails, [{ inputs: {}, labels }])) as [string];
    for (const id of [...idsOf(succeeding), failed]) await verdictOf(database, id);
    const [open] = idsOf(await submit(ades, sleep, [{ inputs: { seconds: 300 }, labels }]));
    await eventually('all jobs in searches', async () => {
      const { body } = await call('GET', url);
      return (body.total === 5 && body.done === 4) || undefined;
    });
    return async () => {
      await call('DELETE', `${ades}/jobs/${open}`);
    };
  });

  it('is counted, with its errors, its rate and its durations', async () => {
    const { status, body } = await call('GET', url);
    expect(status).toBe(200);
    const document = await jobDocument(database, failed);
    expect(body).toMatchObject({
      label,
      total: 5,
      states: { successful: 3, failed: 1, dismissed: 0 },
      open: 1,
      done: 4,
      superseded: 0,
      statuses: { succeeded: 3, failed: 1 },
      'error-classes': [
        { 'error-class': document['error-class'], count: 1, example: { jobID: failed, error: expect.any(String) } },
      ],
      processes: expect.arrayContaining([
        { 'process-id': echo, count: 3 },
        { 'process-id': fails, count: 1 },
      ]),
      duration: { p50: expect.any(Number), p95: expect.any(Number) },
    });
    expect(body.states.accepted + body.states.running).toBe(1);
    expect(body.duration.p95).toBeGreaterThanOrEqual(body.duration.p50);
    const { 'first-submitted': first, 'last-submitted': last, 'last-stopped': stopped, 'estimated-end': end } = body;
    expect(Date.parse(last)).toBeGreaterThanOrEqual(Date.parse(first));
    expect(Date.parse(stopped)).toBeGreaterThan(Date.parse(first));
    expect(body.rate).toBeGreaterThan(0);
    expect(Date.parse(end)).toBeGreaterThan(Date.now() - 1_000);
    const jobs = body.links.find((link: Json) => link.title === 'its jobs').href;
    expect((await call('GET', jobs)).body.jobs).toHaveLength(5);
  });

  it('is listed among the labels, and found by a part of its name', async () => {
    const find = async (query: string): Promise<Json[]> =>
      (await call('GET', `${ades}/campaigns?${query}`)).body.campaigns;
    const [entry] = await find(`q=${encodeURIComponent(`${run}/`)}`);
    expect(entry).toMatchObject({ label, total: 5, states: { successful: 3, failed: 1 } });
    expect((await find(`q=${encodeURIComponent('camp*/ü')}`)).map((each) => each.label)).toContain(label);
    expect(await find(`q=${encodeURIComponent('.*')}${run}`)).toEqual([]);
    expect(await find('limit=1')).toHaveLength(1);
    const all = await find('limit=1000');
    const times = all.flatMap((each) => each['last-submitted'] ?? []);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it('that no job belongs to is 404', async () => {
    expect((await call('GET', `${ades}/campaigns/none-${run}`)).status).toBe(404);
  });

  it('is searched in the language of Elasticsearch, without what the system keeps for itself', async () => {
    const search = (body: Json): Promise<Answer> => call('POST', `${ades}/jobs/search`, body);
    const query = { term: { labels: label } };
    const { status, body } = await search({
      query,
      size: 2,
      sort: [{ 'submit-time': 'asc' }],
      track_total_hits: true,
      aggs: { states: { terms: { field: 'state' }, aggs: { top: { top_hits: { size: 1 } } } } },
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.hits.total).toEqual({ value: 5, relation: 'eq' });
    expect(body.hits.hits.map((hit: Json) => hit._source.labels)).toEqual([[label], [label]]);
    expect(body.aggregations.states.buckets[0]).toMatchObject({ key: 'successful', doc_count: 3 });
    expect(JSON.stringify(body)).not.toContain('"merge"');
    expect((await search({ query, _source: 'merge' })).body.hits.hits[0]._source).toEqual({});
    const lookup = { terms: { id: { index: 'processes', id: echo, path: 'id' } } };
    for (const wrong of [{ query: lookup }, { scroll: '1m' }, { query: { nothing: {} } }]) {
      expect((await search(wrong)).status).toBe(400);
    }
  });
});

describe('the queues', () => {
  it('are told with what waits in them', async () => {
    const { body } = await call('GET', `${ades}/queues`);
    const numbers = {
      waiting: expect.any(Number),
      'in-flight': expect.any(Number),
      'dead-letters': expect.any(Number),
    };
    expect(body.queues).toMatchObject([
      { name: 'requests', ...numbers },
      { name: 'updates', ...numbers },
    ]);
  });
});
