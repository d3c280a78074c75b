import { buildJobRequest, dismissal } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { untilCancelled, writesFile } from './testing/twin-cwltool.ts';
import { createWorkerBench, DEAD_LETTERS, REQUESTS, type WorkerBench } from './testing/worker-bench.ts';

let bench: WorkerBench;

beforeEach(async () => {
  bench = await createWorkerBench();
});

afterEach(() => bench.close());

const eventually = <T>(assertion: () => T): Promise<T> => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
const isFinal = (id: string) => eventually(() => expect(bench.database.job(id)?.final).toBe(true));
const isRunning = () => eventually(() => expect(bench.cwltool.jobs.length).toBeGreaterThan(0));
const requestsAreDone = () => eventually(() => expect(bench.queues.bodies(REQUESTS)).toEqual([]));

describe('requests', () => {
  test('are deleted only after the verdict was taken, however long the topic is away', async () => {
    let finalAtDelete: boolean | undefined;
    bench.queues.onDelete = () => {
      finalAtDelete = bench.database.job('job-1')?.final;
    };
    bench.topic.isAway = true;
    let tries = 0;
    bench.topic.onPublish = (update) => {
      tries += update.kind === 'verdict' ? 1 : 0;
      if (tries === 3) {
        bench.topic.isAway = false;
      }
    };
    await bench.start();
    bench.submit('job-1');
    await requestsAreDone();
    expect(finalAtDelete).toBe(true);
    expect(bench.topic.updates('verdict')).toHaveLength(1);
  });

  test('of dismissed, missing and unreadable jobs are deleted with what is left of them, and nothing runs', async () => {
    bench.database.submit('job-1', 'echo:1');
    bench.database.apply(dismissal({ id: 'job-1' }));
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    bench.queues.send(REQUESTS, buildJobRequest('job-2'));
    bench.queues.send(REQUESTS, 'not JSON');
    bench.queues.send(REQUESTS, '{"id":"../../etc"}');
    await (await bench.outputStore.stage('job-1', 1, { ownedRoot: bench.base })).publish();
    await bench.start();
    await requestsAreDone();
    expect(bench.cwltool.jobs).toEqual([]);
    expect(bench.topic.publications).toEqual([]);
    expect(await bench.outputStore.open('job-1', 1, '')).toBeUndefined();
  });

  test('of jobs that had all their attempts end as presumed failures', async () => {
    bench.submit('job-1');
    await bench.database.claimAttempt('job-1', 'a worker that died');
    await bench.start({ maxAttempts: 1 });
    await isFinal('job-1');
    expect(bench.topic.updates('presumed-failure')).toHaveLength(1);
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/used up its attempts \(1\)/),
    });
    expect(bench.cwltool.jobs).toEqual([]);
  });

  test('are taken only as many as there are free slots', async () => {
    bench.cwltool.script = untilCancelled;
    await bench.start({ slots: 2 });
    for (const id of ['job-1', 'job-2', 'job-3']) {
      bench.submit(id);
    }
    await eventually(() => expect(bench.cwltool.jobs).toHaveLength(2));
    const requests = bench.queues.receives.filter(({ queueUrl }) => queueUrl === REQUESTS);
    expect(Math.max(...requests.map(({ maxMessages }) => maxMessages))).toBe(2);
    bench.database.apply(dismissal({ id: bench.cwltool.jobs[0]!.id.replace(/-1$/, '') }));
    await eventually(() => expect(bench.cwltool.jobs).toHaveLength(3));
  });

  test('wait while the database is away', async () => {
    bench.database.isAway = true;
    await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.log.join()).toMatch(/waits for the jobs database/));
    bench.database.isAway = false;
    await isFinal('job-1');
    expect(bench.database.job('job-1')?.status).toBe('succeeded');
  });
});

describe('the lease', () => {
  test('is extended while a job runs', async () => {
    bench.cwltool.script = untilCancelled;
    await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.queues.visibilityChanges.length).toBeGreaterThanOrEqual(2));
    expect(bench.queues.visibilityChanges.every((seconds) => seconds === 2)).toBe(true);
  });

  test.each([
    ['cannot be extended in time', 'extensionsFail'],
    ['is refused', 'receiptsInvalid'],
  ] as const)('that %s kills the job, and nothing more is said of it', async (_what, fault) => {
    let published = false;
    bench.cwltool.script = async (job, emit, cancelled) => {
      await cancelled;
      published = true;
      return writesFile(job, emit, cancelled);
    };
    await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.topic.updates('update')).toHaveLength(1));
    bench.queues[fault] = true;
    await eventually(() => expect(bench.cwltool.cancelReasons).toEqual([expect.stringMatching(/lease-lost/)]));
    await eventually(async () => expect(await bench.jobDirectories()).toEqual([]));
    expect(published).toBe(true);
    expect(bench.topic.updates('verdict')).toEqual([]);
    expect(await bench.outputStore.open('job-1', 1, '')).toBeUndefined();
    expect(bench.queues.bodies(REQUESTS)).toHaveLength(1);
    bench.queues[fault] = false;
  });

  test('that is lost while the topic is away leaves no verdict that is still tried', async () => {
    bench.topic.isAway = true;
    let verdictTries = 0;
    bench.topic.onPublish = (update) => {
      verdictTries += update.kind === 'verdict' ? 1 : 0;
    };
    const worker = await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(verdictTries).toBeGreaterThan(0));
    bench.queues.receiptsInvalid = true;
    await eventually(() => expect(bench.log.join()).toMatch(/lease of a job was lost/));
    await worker.stop({ mode: 'hand-back', timeoutMs: 0 });
    bench.topic.isAway = false;
    expect(bench.topic.updates('verdict')).toEqual([]);
  });
});

describe('a dismissal', () => {
  test('ends the run, removes outputs and directory, deletes the request and says nothing', async () => {
    bench.cwltool.script = untilCancelled;
    await bench.start();
    bench.submit('job-1');
    await isRunning();
    await (await bench.outputStore.stage('job-1', 7, { ownedRoot: bench.base })).publish();
    bench.database.apply(dismissal({ id: 'job-1' }));
    await requestsAreDone();
    expect(bench.cwltool.cancelReasons).toEqual([expect.stringMatching(/dismissed/)]);
    expect(await bench.outputStore.open('job-1', 7, '')).toBeUndefined();
    expect(await bench.jobDirectories()).toEqual([]);
    expect(bench.topic.updates('verdict')).toEqual([]);
    expect(bench.database.job('job-1')?.status).toBe('dismissed');
  });

  test('that cannot be seen lets the job go on, and is seen when the database is back', async () => {
    bench.cwltool.script = untilCancelled;
    await bench.start();
    bench.submit('job-1');
    await isRunning();
    bench.database.isAway = true;
    await eventually(() => expect(bench.log.join()).toMatch(/Dismissals cannot be seen/));
    expect(bench.cwltool.cancelReasons).toEqual([]);
    bench.database.apply(dismissal({ id: 'job-1' }));
    bench.database.isAway = false;
    await requestsAreDone();
  });
});

describe('dead letters', () => {
  test('give jobs without attempts left their presumed failure, and queue the others again', async () => {
    bench.database.submit('job-1', 'echo:1');
    await bench.database.claimAttempt('job-1', 'a worker that died');
    bench.database.submit('job-2', 'echo:1');
    for (const id of ['job-1', 'job-2', 'job-3']) {
      bench.queues.send(DEAD_LETTERS, buildJobRequest(id));
    }
    bench.queues.send(DEAD_LETTERS, 'nonsense');
    await bench.start({ maxAttempts: 1 });
    await isFinal('job-1');
    await isFinal('job-2');
    expect(bench.database.job('job-1')?.status).toBe('failed');
    expect(bench.database.job('job-2')?.status).toBe('succeeded');
    await eventually(() => expect(bench.queues.bodies(DEAD_LETTERS)).toEqual([]));
  });
});
