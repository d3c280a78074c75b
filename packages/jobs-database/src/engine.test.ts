import { randomUUID } from 'node:crypto';
import { createElasticsearchClient, type ElasticsearchClient } from '@daybook/elasticsearch-client';
import { isDaybookError } from '@daybook/errors';
import {
  dismissal,
  emptyState,
  fold,
  type JobUpdate,
  newJobId,
  presumedFailure,
  statusUpdate,
  submission,
  toDocument,
  verdict,
} from '@daybook/jobs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_UPDATES_INDEX, JOBS_INDEX, PROCESSES_INDEX, SUBSCRIPTIONS_INDEX } from './indices.ts';
import type { JobsDatabase } from './jobs-database.ts';
import { openJobsDatabase } from './open-jobs-database.ts';

/** A database of any engine that may be written to; without it these tests are skipped. */
const url = process.env.DAYBOOK_TEST_DATABASE_URL;
if (url === undefined)
  console.log('DAYBOOK_TEST_DATABASE_URL names no database: the tests on a real engine are skipped');

const HANDLERS = 4;
const JOBS = 60;

describe.skipIf(url === undefined)('the jobs database on a real engine', () => {
  let client: ElasticsearchClient;
  let database: JobsDatabase;
  /** Told apart from what other runs left behind. */
  const run = randomUUID().slice(0, 8);

  beforeAll(async () => {
    client = createElasticsearchClient({ url: url! });
    database = openJobsDatabase({ client });
    await database.setUp();
  }, 90_000);
  afterAll(() => client.close());

  const submit = (said: Partial<Parameters<typeof submission>[0]> = {}): JobUpdate =>
    submission({ id: newJobId(), inputs: {}, labels: [run], userId: 'ada', processId: 'l1b:develop', ...said });

  it('is set up again, by several at once, without a change', async () => {
    const mapping = await client.getMapping(JOBS_INDEX);
    await Promise.all([database.setUp(), database.setUp(), database.setUp()]);
    expect(await client.getMapping(JOBS_INDEX)).toEqual(mapping);
  });

  it('ends with the same documents from several handlers, random deliveries and duplicates', async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
    console.log(`SEED=${seed}`);
    const { updates, deliveries } = fc.sample(randomTraffic(run), { seed, numRuns: 1 })[0]!;
    const handlers = Array.from({ length: HANDLERS }, (_, i) => deliveries.filter((_, n) => n % HANDLERS === i));
    await Promise.all(
      handlers.map(async (batches) => {
        for (const batch of batches) {
          let left: readonly JobUpdate[] = batch;
          while (left.length > 0) {
            const outcomes = await database.applyUpdates(left);
            expect(outcomes.map(({ result }) => result)).not.toContain('poison');
            left = left.filter((_, i) => outcomes[i]!.result === 'unavailable');
          }
        }
      }),
    );
    const ids = [...new Set(updates.map(({ id }) => id))];
    const documents = await database.getJobs(ids);
    expect(documents).toHaveLength(ids.length);
    for (const document of documents) {
      const own = updates.filter(({ id }) => id === document.id);
      expect(document).toEqual(toDocument(undefined, own.reduce(fold, emptyState(document.id))));
    }
    const history = await client.mget(
      JOB_UPDATES_INDEX,
      updates.map((update) => update['event-id']),
    );
    expect(history.map((entry) => entry?.source)).toEqual(updates);
  }, 120_000);

  it('keeps the fields that users add, and removes its own that no longer hold', async () => {
    const submitted = submit();
    await database.createJob(submitted);
    await database.applyUpdates([statusUpdate({ id: submitted.id, status: 'running', step: 'calibrate' })]);
    const stored = await client.get(JOBS_INDEX, submitted.id);
    await client.index(JOBS_INDEX, submitted.id, { ...stored!.source, 'reviewed-by': 'ada' });
    await database.applyUpdates([dismissal({ id: submitted.id })]);
    const document = await database.getJob(submitted.id);
    expect(document).toMatchObject({ 'reviewed-by': 'ada', status: 'dismissed', final: true });
    expect(document).not.toHaveProperty('step');
  });

  it('creates a job once, however often its submission is sent', async () => {
    const submitted = submit({ inputs: { deep: { a: [1, { b: null }] }, long: 'x'.repeat(100_000), '': 1 } });
    const document = await database.createJob(submitted);
    expect(document.inputs).toEqual(submitted.inputs);
    expect(await database.createJob(submitted)).toEqual(document);
    expect(await database.getJob(submitted.id)).toEqual(document);
    await expect(database.createJob({ ...submitted, 'event-id': randomUUID() })).rejects.toSatisfy((error) =>
      isDaybookError(error, 'already-exists'),
    );
  });

  it('creates jobs in bulk, and finds those that succeeded by their inputs', async () => {
    const jobs = Array.from({ length: 1_200 }, (_, n) => ({
      submission: submit({
        id: `${run}-bulk-${String(n).padStart(4, '0')}`,
        inputs: { [run]: n },
        processId: `bulk-${run}`,
      }),
      fields: { response: 'raw' },
    }));
    const ids = jobs.map(({ submission: { id } }) => id);
    const outcomes = await database.createJobs(jobs);
    expect(outcomes.every(({ result }) => result === 'created')).toBe(true);
    expect((await database.createJobs(jobs)).map(({ result }) => result)).toEqual(outcomes.map(() => 'created'));
    const others = jobs.map((job) => ({ ...job, submission: { ...job.submission, 'event-id': randomUUID() } }));
    expect((await database.createJobs(others)).map(({ result }) => result)).toEqual(others.map(() => 'exists'));

    await database.refreshJobs();
    const query = { term: { 'process-id': `bulk-${run}` } };
    expect(await database.countJobs(query)).toBe(1_200);
    const first = await database.selectJobs(query, { limit: 1_000 });
    const second = await database.selectJobs(query, { limit: 1_000, after: first.next! });
    expect([...first.ids, ...second.ids]).toEqual(ids);
    expect(second.next).toBeUndefined();

    const ended = ids.slice(0, 3).map((id) => verdict({ id, attempt: 1, status: 'succeeded' }));
    await database.applyUpdates([...ended, statusUpdate({ id: ids[2]!, 'removed-time': new Date().toISOString() })]);
    await database.refreshJobs();
    const hashes = jobs.slice(0, 4).map(({ submission }) => submission['inputs-hash']!);
    const search = { processId: `bulk-${run}`, inputsHashes: hashes };
    expect(await database.findSucceeded(search)).toEqual(new Map([0, 1].map((n) => [hashes[n], ids[n]])));
    expect(await database.findSucceeded({ ...search, processVersion: 'other' })).toEqual(new Map());
    expect(await database.findSucceeded({ ...search, submittedFrom: '2999-01-01T00:00:00.000Z' })).toEqual(new Map());
    // So that none of them is found where those in no queue are looked for.
    expect(await database.markQueued(ids)).toEqual([]);
  }, 60_000);

  it('lets one of several successors stand, also while the job is updated', async () => {
    const submitted = submit();
    await database.createJob(submitted);
    const { id } = submitted;
    const names = Array.from({ length: 6 }, (_, n) => `${run}-successor-${n}`);
    const answers = await Promise.all([
      ...names.map((by) => database.supersede([{ id, by, eventId: `${by}-event` }])),
      database.applyUpdates([statusUpdate({ id, status: 'running', 'add-labels': ['added'] })]).then(() => undefined),
    ]);
    const document = await database.getJob(id);
    expect(document).toMatchObject({ status: 'running', labels: [run, 'added'] });
    const standing = new Set(answers.flatMap((answer) => (answer === undefined ? [] : [answer.get(id)])));
    expect(standing).toEqual(new Set([document?.['superseded-by']]));
    const recorded = await client.mget(
      JOB_UPDATES_INDEX,
      names.map((by) => `${by}-event`),
    );
    expect(recorded.filter((entry) => entry !== undefined)).toHaveLength(1);
  });

  it('joins a submission with an update that came first', async () => {
    const submitted = submit({ inputs: { a: 1 } });
    await database.applyUpdates([statusUpdate({ id: submitted.id, status: 'running', inputs: { a: 2 } })]);
    expect(await database.createJob(submitted)).toMatchObject({ status: 'running', inputs: { a: 1 } });
  });

  it('never lets two processes’ inputs or outputs conflict', async () => {
    const values = [
      'text',
      5,
      true,
      '2016-01-14',
      { class: 'Directory', path: '/d' },
      [1, 'a', { b: 1 }],
      'y'.repeat(70_000),
    ];
    for (const value of values) {
      const submitted = submit({ inputs: { same: value, 'a.b': value, a: value } });
      await database.createJob(submitted);
      const said = statusUpdate({ id: submitted.id, outputs: { same: value, other: [value] } });
      expect(await database.applyUpdates([said])).toEqual([{ result: 'applied' }]);
      expect(await database.applyUpdates([said])).toEqual([{ result: 'unchanged' }]);
    }
  });

  it('calls poison the one update of a batch that the database refuses', async () => {
    const submitted = submit();
    await database.createJob(submitted);
    const bad = { ...statusUpdate({ id: submitted.id, status: 'x', attempt: 1 }), attempt: 2 ** 40 };
    const good = statusUpdate({ id: submitted.id, status: 'running' });
    const outcomes = await database.applyUpdates([good, bad]);
    expect(outcomes.map(({ result }) => result)).toEqual(['applied', 'poison']);
    expect((await database.getJob(submitted.id))?.status).toBe('running');
  });

  it('gives each attempt of a job to one worker', async () => {
    const submitted = submit();
    await database.createJob(submitted);
    const claims = await Promise.all(Array.from({ length: 6 }, (_, i) => database.claimAttempt(submitted.id, `w${i}`)));
    expect(claims.map((claim) => claim.result === 'claimed' && claim.attempt).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    await database.applyUpdates([verdict({ id: submitted.id, attempt: 6, status: 'succeeded' })]);
    expect(await database.claimAttempt(submitted.id, 'late')).toMatchObject({ result: 'final' });
    expect(await database.claimAttempt(newJobId(), 'lost')).toEqual({ result: 'missing' });
  });

  it('finds jobs by every condition, newest first, page by page', async () => {
    const label = `find-${run}`;
    const at = (second: number) => ({ time: new Date(Date.UTC(2016, 0, 14, 8, 0, second)) });
    const jobs = Array.from({ length: 5 }, (_, i) =>
      submission(
        {
          id: newJobId(),
          inputs: { granule: `g${i}` },
          labels: [label, `n${i}`],
          userId: 'bob',
          processId: `p${i % 2}`,
        },
        at(i),
      ),
    );
    for (const job of jobs) await database.createJob(job);
    await database.applyUpdates([
      statusUpdate({ id: jobs[4]!.id, 'start-time': '2016-01-14T08:00:10.000Z', outputs: { o: 'http://o' } }),
      verdict({ id: jobs[4]!.id, attempt: 1, status: 'succeeded', 'stop-time': '2016-01-14T08:00:40.000Z' }),
    ]);
    await client.refresh(JOBS_INDEX);
    const found = async (filter: object) =>
      (await database.searchJobs({ filter: { labels: [label], ...filter } })).items.map((job) =>
        jobs.findIndex(({ id }) => id === job.id),
      );
    expect(await found({})).toEqual([4, 3, 2, 1, 0]);
    expect(await found({ processIds: ['p1'] })).toEqual([3, 1]);
    expect(await found({ labels: [label, 'n2'] })).toEqual([2]);
    expect(await found({ inputValues: ['granule=g3'] })).toEqual([3]);
    expect(await found({ outputValues: ['o=http://o'] })).toEqual([4]);
    expect(await found({ states: ['successful'] })).toEqual([4]);
    expect(await found({ statuses: ['submitted'], final: false })).toEqual([3, 2, 1, 0]);
    expect(await found({ submitTime: { from: '2016-01-14T08:00:01Z', to: '2016-01-14T08:00:02Z' } })).toEqual([2, 1]);
    expect(await found({ duration: { min: 30, max: 30 } })).toEqual([4]);
    expect(await found({ ids: [jobs[0]!.id], userIds: ['bob'] })).toEqual([0]);
    const page = await database.searchJobs({
      filter: { labels: [label] },
      from: 2,
      size: 2,
      sort: { field: 'id', order: 'asc' },
    });
    expect(page.total).toBe(5);
    expect(page.items.map(({ id }) => id)).toEqual(
      jobs
        .map(({ id }) => id)
        .sort()
        .slice(2, 4),
    );
    expect(page.items[0]).not.toHaveProperty('merge');
    await expect(database.searchJobs({ from: 9_999, size: 2 })).rejects.toThrow('10000');
    // One job alone has a duration: the others come last in either order.
    for (const order of ['asc', 'desc'] as const) {
      const search = { filter: { labels: [label] }, sort: { field: 'duration', order }, size: 2 } as const;
      const first = await database.searchJobs(search);
      const second = await database.searchJobs({ ...search, after: first.next! });
      const third = await database.searchJobs({ ...search, after: second.next! });
      expect([...first.items, ...second.items, ...third.items].map(({ id }) => id)).toEqual(
        (await database.searchJobs({ ...search, size: 5 })).items.map(({ id }) => id),
      );
      expect([first.items[0]!.id, third.next]).toEqual([jobs[4]!.id, undefined]);
      const back = await database.searchJobs({ ...search, before: third.previous! });
      expect(back.items).toEqual(second.items);
      expect((await database.searchJobs({ ...search, before: back.previous! })).items).toEqual(first.items);
    }
  });

  it('sweeps the accepted jobs that are in no queue', async () => {
    const [left, marked, running] = [submit(), submit(), submit()];
    for (const job of [left, marked, running]) await database.createJob(job);
    await database.applyUpdates([statusUpdate({ id: running.id, status: 'running' })]);
    expect(await database.markQueued([marked.id, newJobId()])).toEqual([]);
    await client.refresh(JOBS_INDEX);
    const ids = (await database.unqueuedJobs(new Date(Date.now() + 1000), { limit: 1000 })).map(({ id }) => id);
    expect(ids).toContain(left.id);
    expect(ids).not.toContain(marked.id);
    expect(ids).not.toContain(running.id);
    expect(await database.markQueued(ids)).toEqual([]);
    await client.refresh(JOBS_INDEX);
    expect(await database.unqueuedJobs(new Date(Date.now() + 1000))).toEqual([]);
  });

  it('gives a subscription to one of many that want it, until its claim ends or it is settled', async () => {
    const { subscriptions } = database;
    const id = `${run}-subscription`;
    const now = new Date().toISOString();
    const document = { id, sealed: 'x', 'submit-time': now, 'next-time': now, 'awaits-start': false, tries: 0 };
    await subscriptions.create(document);
    await subscriptions.create({ ...document, sealed: 'another' });
    const claims = await Promise.all(Array.from({ length: 8 }, () => subscriptions.claim(id, 60_000)));
    const [claimed, ...others] = claims.filter((claim) => claim !== undefined);
    expect([claimed?.sealed, others]).toEqual(['x', []]);
    await subscriptions.settle({ ...claimed!, claim: 'of another' }, 'removed');
    await subscriptions.settle(claimed!, { tries: 1, 'next-time': now });
    await client.refresh(SUBSCRIPTIONS_INDEX);
    expect(await subscriptions.due({ after: run, limit: 10 })).toMatchObject([{ id, tries: 1 }]);
    expect(await subscriptions.ofJobs(['none', id])).toMatchObject([{ id, tries: 1 }]);
    const again = await subscriptions.claim(id, 60_000);
    await subscriptions.settle(claimed!, 'removed');
    expect(await subscriptions.claim(id, 1)).toBeUndefined();
    await subscriptions.settle(again!, 'removed');
    await client.refresh(SUBSCRIPTIONS_INDEX);
    expect(await subscriptions.due({ after: run, limit: 10 })).toEqual([]);
  });

  it('keeps processes, visible in lists at once, each created once', async () => {
    const process = {
      id: `p-${run}:develop`,
      'process-id': `p-${run}`,
      version: 'develop',
      title: 'P',
      packed: { a: { b: 1 } },
    };
    await database.processes.put(process, { create: true });
    expect((await database.processes.list()).items).toContainEqual(process);
    await expect(database.processes.put(process, { create: true })).rejects.toSatisfy((error) =>
      isDaybookError(error, 'already-exists'),
    );
    await database.processes.put({ ...process, title: 'Q' });
    expect(await database.processes.get(process.id)).toMatchObject({ title: 'Q' });
    const named = (version: string, time: string) => {
      return { id: `${run}-n:${version}`, 'process-id': `${run}-n`, version, 'deploy-time': time };
    };
    await database.processes.put(named('2', '2026-02-01T00:00:00.000Z'));
    await database.processes.put(named('1', '2026-03-01T00:00:00.000Z'));
    expect(await database.processes.newest(`${run}-n`)).toMatchObject({ version: '1' });
    for (const version of ['1', '2']) await database.processes.delete(`${run}-n:${version}`);
    expect(await database.processes.newest(`${run}-n`)).toBeUndefined();
    expect(await database.processes.delete(process.id)).toBe(true);
    expect(await database.processes.delete(process.id)).toBe(false);
    expect(await database.processes.get(process.id)).toBeUndefined();
    expect((await database.processes.list()).items.map(({ id }) => id)).not.toContain(process.id);
  });

  it('keeps workers', async () => {
    const worker = { id: `w-${run}`, host: 'h', 'heartbeat-time': '2016-01-14T08:00:00.000Z', jobs: ['j'] };
    await database.workers.put(worker);
    await client.refresh('workers');
    expect((await database.workers.list()).items).toContainEqual(worker);
    expect(await database.workers.delete(worker.id)).toBe(true);
  });

  it('deletes by query', async () => {
    await client.index(PROCESSES_INDEX, `gone-${run}`, { id: `gone-${run}` }, { refresh: true });
    expect(await client.deleteByQuery(PROCESSES_INDEX, { term: { id: `gone-${run}` } })).toBe(1);
    expect(await client.count(PROCESSES_INDEX, { query: { term: { id: `gone-${run}` } } })).toBe(0);
  });
});

interface Traffic {
  readonly updates: readonly JobUpdate[];
  /** The updates, some of them more than once, in any order, in batches. */
  readonly deliveries: readonly (readonly JobUpdate[])[];
}

function randomTraffic(run: string): fc.Arbitrary<Traffic> {
  const second = fc.integer({ min: 0, max: 20 });
  const mint = fc.record({ second, eventId: fc.uuid() }).map(({ second: s, eventId }) => ({
    time: new Date(Date.UTC(2016, 0, 14, 8, 0, s)),
    eventId,
  }));
  const attempt = fc.integer({ min: 1, max: 3 });
  const outputs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('http://x', 'http://y'));
  const updatesOf = (id: string): fc.Arbitrary<JobUpdate[]> => {
    const running = fc
      .tuple(mint, attempt, fc.constantFrom('running', 'succeeded', 'calibrating'), fc.nat(100), outputs)
      .map(([m, a, status, progress, found]) => statusUpdate({ id, attempt: a, status, progress, outputs: found }, m));
    const ended = fc
      .tuple(mint, attempt, fc.constantFrom('succeeded' as const, 'failed' as const), outputs)
      .map(([m, a, status, found]) => verdict({ id, attempt: a, status, outputs: found, error: 'e' }, m));
    const others = fc.oneof(
      mint.map((m) => dismissal({ id }, m)),
      mint.map((m) => presumedFailure({ id, error: 'lost' }, m)),
    );
    return fc
      .tuple(
        mint,
        fc.array(running, { maxLength: 6 }),
        fc.array(ended, { maxLength: 3 }),
        fc.array(others, { maxLength: 1 }),
      )
      .map(([m, ...rest]) => [
        submission({ id, inputs: { id }, labels: [run], userId: 'ada', processId: 'p' }, m),
        ...rest.flat(),
      ]);
  };
  return fc
    .tuple(...Array.from({ length: JOBS }, () => updatesOf(newJobId())))
    .map((jobs) => jobs.flat())
    .chain((updates) =>
      fc
        .subarray(updates)
        .chain((again) =>
          fc.shuffledSubarray([...updates, ...again, ...again], { minLength: updates.length + 2 * again.length }),
        )
        .map((all) => ({ updates, deliveries: batchesOf(all) })),
    );
}

function batchesOf(all: readonly JobUpdate[]): JobUpdate[][] {
  const batches: JobUpdate[][] = [];
  for (let start = 0, size = 1; start < all.length; start += size, size = (size % 13) + 3) {
    batches.push(all.slice(start, start + size));
  }
  return batches;
}
