import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Daybook, sharedDaybook, startOnTarget } from '../support/daybook.ts';
import { eventually } from '../support/wait.ts';
import { type Answer, call, deployExample, type Json, jobDocument, submit, verdictOf } from '../support/wps-t.ts';

const shared = sharedDaybook();
const run = Date.now().toString(36);

function operate(url: string, body: unknown): Promise<Answer> {
  return call('POST', `${url}/operations`, body);
}

function ended(url: string, answer: Answer): Promise<Json> {
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  const location = `${url}/operations/${answer.body.id}`;
  expect(answer.headers.get('location')).toBe(location);
  return eventually(
    'the end of the operation',
    async () => {
      const { body } = await call('GET', location);
      return body.status === 'done' ? body : undefined;
    },
    90,
  );
}

describe('operations', () => {
  it('retry failed jobs with other inputs, which then succeed', async () => {
    const { ades, database } = shared;
    const label = `retry-${run}`;
    const process = await deployExample(ades, 'echo/echo.cwl');
    const ids = await Promise.all(['a', 'b'].map((message) => submit(ades, process, { message }, [label])));
    for (const id of ids) await verdictOf(database, id);
    const dry = await operate(ades, { action: 'retry', query: `labels:${label}`, 'dry-run': true });
    expect(dry.body).toEqual({ action: 'retry', matched: 2, 'dry-run': true });
    const many = await operate(ades, { action: 'retry', query: `labels:${label}`, expect: 3 });
    expect(many.status).toBe(409);
    const set = { inputs: { message: 'again' } };
    const answer = await operate(ades, { action: 'retry', query: { term: { labels: label } }, set, expect: 2 });
    expect(await ended(ades, answer)).toMatchObject({ matched: 2, done: 2, failed: 0 });
    for (const id of ids) {
      const retry = (await jobDocument(database, id))['superseded-by'];
      expect(await verdictOf(database, retry)).toMatchObject({
        'retry-of': id,
        status: 'succeeded',
        inputs: { message: 'again' },
        labels: [label],
      });
    }
    expect((await call('GET', `${ades}/jobs/${ids[0]}`)).body['superseded-by']).toBeDefined();
  });

  it('label, dismiss and delete jobs, and are listed, the newest first', async () => {
    const { ades, database } = shared;
    const label = `many-${run}`;
    const echo = await deployExample(ades, 'echo/echo.cwl');
    const sleep = await deployExample(ades, 'sleep/sleep.cwl');
    const done = await submit(ades, echo, { message: 'a' }, [label]);
    await verdictOf(database, done);
    const open = await submit(ades, sleep, { seconds: 500 }, [label]);
    const query = { ids: { values: [done, open] } };
    await ended(
      ades,
      await operate(ades, { action: 'label', query, 'add-labels': [`x-${run}`], 'remove-labels': [label] }),
    );
    for (const id of [done, open]) expect((await jobDocument(database, id)).labels).toEqual([`x-${run}`]);
    expect(await ended(ades, await operate(ades, { action: 'dismiss', query }))).toMatchObject({ matched: 1, done: 1 });
    expect((await jobDocument(database, open)).status).toBe('dismissed');
    const deletion = await ended(
      ades,
      await operate(ades, { action: 'delete', query: { term: { labels: `x-${run}` } } }),
    );
    expect(deletion).toMatchObject({ matched: 2, done: 2 });
    expect((await call('GET', `${ades}/jobs/${done}/results`)).status).toBe(410);
    const listed = (await call('GET', `${ades}/operations?limit=3`)).body.operations;
    expect(listed.map((each: Json) => each.action)).toEqual(['delete', 'dismiss', 'label']);
    expect(listed[0]).toEqual(deletion);
  });
});

// On a database that other servers share they take its jobs, once they have waited long enough.
describe.runIf(inject('target').engine === 'embedded')('an operation whose server is killed', () => {
  const jobs = 2_000;
  let dataDir: string;
  let daybook: Daybook | undefined;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'daybook-operation-'));
  });
  afterAll(async () => {
    await daybook?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is finished by the next one, with one retry of each job', async () => {
    const label = `killed-${run}`;
    const flags = ['--slots', '0'];
    daybook = await startOnTarget({ dataDir, flags });
    const process = await deployExample(daybook.ades, 'echo/echo.cwl');
    const items = Array.from({ length: jobs }, (_, n) => ({ inputs: { message: `${n}` }, labels: [label] }));
    expect((await call('POST', `${daybook.ades}/processes/${process}/execution/batch`, items)).body.submitted).toBe(
      jobs,
    );
    const query = `labels:${label}`;
    await ended(daybook.ades, await operate(daybook.ades, { action: 'dismiss', query, expect: jobs }));

    const answer = await operate(daybook.ades, { action: 'retry', query, expect: jobs });
    const seen = await eventually('some retries', async () => {
      const { body } = await call('GET', `${daybook!.ades}/operations/${answer.body.id}`);
      return body.done > 0 ? body : undefined;
    });
    await daybook.kill();
    expect(seen).toMatchObject({ status: 'running', matched: jobs });

    daybook = await startOnTarget({ dataDir, flags });
    expect(
      await ended(daybook.ades, {
        ...answer,
        headers: new Headers({ location: `${daybook.ades}/operations/${answer.body.id}` }),
      }),
    ).toMatchObject({
      matched: jobs,
      done: jobs,
      failed: 0,
    });
    const { database } = daybook;
    await call('POST', `${database}/jobs/_refresh`);
    const count = async (filter: unknown[], must_not: unknown[] = []): Promise<number> => {
      const bool = { filter: [{ term: { labels: label } }, ...filter], must_not };
      return (await call('POST', `${database}/jobs/_count`, { query: { bool } })).body.count;
    };
    expect(await count([])).toBe(2 * jobs);
    expect(await count([{ exists: { field: 'superseded-by' } }, { term: { state: 'dismissed' } }])).toBe(jobs);
    expect(await count([{ exists: { field: 'retry-of' } }])).toBe(jobs);
    const { body } = await call('POST', `${database}/jobs/_search`, {
      size: 0,
      query: { term: { labels: label } },
      aggs: { of: { cardinality: { field: 'retry-of', precision_threshold: 40_000 } } },
    });
    expect(body.aggregations.of.value).toBe(jobs);
  });
});
