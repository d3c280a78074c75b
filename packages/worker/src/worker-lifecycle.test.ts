import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cwltool } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import { buildJobRequest } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openReceipts } from './attempt/receipts.ts';
import { NO_USAGE, untilCancelled, writesFile } from './testing/twin-cwltool.ts';
import { createWorkerBench, REQUESTS, type WorkerBench } from './testing/worker-bench.ts';

let bench: WorkerBench;

beforeEach(async () => {
  bench = await createWorkerBench();
});

afterEach(() => bench.close());

const eventually = <T>(assertion: () => T): Promise<T> => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
const isFinal = (id: string) => eventually(() => expect(bench.database.job(id)?.final).toBe(true));
const isRunning = () => eventually(() => expect(bench.cwltool.jobs.length).toBeGreaterThan(0));

test('a worker gives back at its start what a killed one held, however long that lease', async () => {
  bench.submit('job-1');
  const [held] = await bench.queues.receiveMessage({ queueUrl: REQUESTS, visibilityTimeoutSeconds: 900 });
  const directory = join(bench.base, 'work/receipts');
  const receipts = await openReceipts(directory);
  await receipts.keep(held!.receiptHandle);
  await receipts.keep('not valid any more');
  await bench.start({ leaseSeconds: 900 });
  await isFinal('job-1');
  await eventually(async () => expect(await readdir(directory)).toEqual([]));
});

describe('stopping', () => {
  test('by handing back kills the running jobs and gives their requests to others at once', async () => {
    bench.cwltool.script = untilCancelled;
    const worker = await bench.start();
    bench.submit('job-1');
    await isRunning();
    await worker.stop({ mode: 'hand-back', timeoutMs: 0 });
    expect(bench.queues.bodies(REQUESTS)).toEqual(['{"id":"job-1","hand-backs":1}']);
    expect(bench.topic.updates('verdict')).toEqual([]);
    expect(worker.health().state).toBe('stopped');
    expect(bench.database.workerDocuments.get(worker.health().id)).toMatchObject({ state: 'stopped' });

    bench.cwltool.script = writesFile;
    await bench.start();
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'succeeded', attempts: 2 });
  });

  test('by handing back costs a job none of its attempts, however often', async () => {
    bench.submit('job-1');
    for (let restart = 1; restart <= 4; restart++) {
      bench.cwltool.script = untilCancelled;
      const worker = await bench.start({ maxAttempts: 1 });
      await eventually(() => expect(bench.cwltool.jobs).toHaveLength(restart));
      await worker.stop({ mode: 'hand-back', timeoutMs: 0 });
      expect(bench.topic.updates('presumed-failure')).toEqual([]);
    }
    bench.cwltool.script = writesFile;
    await bench.start({ maxAttempts: 1 });
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'succeeded', attempts: 5 });
    await eventually(() => expect(bench.queues.bodies(REQUESTS)).toEqual([]));
  });

  test('by handing back leaves a job the attempts that it has, and no more', async () => {
    bench.cwltool.script = async () => ({ status: 'stopped', reason: 'runner-died', usage: NO_USAGE });
    bench.database.submit('job-1', 'echo:1');
    bench.queues.send(REQUESTS, buildJobRequest('job-1', 1));
    await bench.start({ maxAttempts: 1 });
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'failed', attempts: 2 });
  });

  test('by finishing lets running jobs end and takes no new ones', async () => {
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    bench.cwltool.script = async () => {
      await finished;
      return { status: 'success', outputs: {}, usage: NO_USAGE };
    };
    const worker = await bench.start();
    bench.submit('job-1');
    await isRunning();
    const stopped = worker.stop({ mode: 'finish', timeoutMs: 10_000 });
    bench.submit('job-2');
    finish();
    await stopped;
    expect(bench.database.job('job-1')?.status).toBe('succeeded');
    expect(bench.database.job('job-2')?.status).toBe('submitted');
  });

  test('by finishing hands back what does not end in time', async () => {
    bench.cwltool.script = untilCancelled;
    const worker = await bench.start();
    bench.submit('job-1');
    await isRunning();
    await worker.stop({ mode: 'finish', timeoutMs: 50 });
    expect(bench.cwltool.cancelReasons).toEqual([expect.stringMatching(/hand-back/)]);
  });
});

describe('starting', () => {
  test('without cwltool waits, says what to install, and leaves the jobs in the queue', async () => {
    let available: Pick<Cwltool, 'run' | 'health'> | undefined;
    const worker = await bench.start({
      cwltool: async () => {
        if (available === undefined) {
          throw new DaybookError('unavailable', 'Python is missing: apt-get install python3 python3-venv');
        }
        return available;
      },
    });
    bench.submit('job-1');
    await eventually(() =>
      expect(worker.health()).toMatchObject({ state: 'waiting', reason: expect.stringMatching(/apt-get install/) }),
    );
    expect(bench.queues.receives.filter(({ queueUrl }) => queueUrl === REQUESTS)).toEqual([]);
    available = bench.cwltool;
    await isFinal('job-1');
    expect(worker.health()).toMatchObject({ state: 'running' });
    expect(worker.health()).not.toHaveProperty('reason');
  });

  test('removes the job directories that a killed worker has left', async () => {
    await mkdir(join(bench.base, 'work', 'jobs', 'old-1', 'out'), { recursive: true });
    await bench.start();
    expect(await bench.jobDirectories()).toEqual([]);
  });

  test('is refused in a work directory that another worker has', async () => {
    await bench.start();
    await expect(bench.start()).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each([
    [{ slots: 0 }, /slots.*found 0/],
    [{ leaseSeconds: 1.5 }, /leaseSeconds.*found 1.5/],
  ])('is refused with %j', async (options, message) => {
    await expect(bench.start(options)).rejects.toThrow(message);
  });

  test('shows the worker in the database', async () => {
    const worker = await bench.start({ version: '1.2.3' });
    const { id } = worker.health();
    await eventually(() =>
      expect(bench.database.workerDocuments.get(id)).toMatchObject({
        pid: process.pid,
        version: '1.2.3',
        slots: 2,
        'running-jobs': [],
        'heartbeat-time': expect.any(String),
        sandbox: false,
        'sandbox-reason': 'it is switched off',
        'cwltool-mode': 'warm',
      }),
    );
    await worker.stop({ mode: 'hand-back', timeoutMs: 0 });
    expect(bench.database.workerDocuments.get(id)).toMatchObject({ state: 'stopped' });
  });

  test('removes from the database the workers that were last heard of more than a day ago', async () => {
    const heard = (hours: number) => new Date(Date.now() - hours * 3600 * 1000).toISOString();
    for (const [id, hours] of [
      ['recent', 23],
      ['gone', 25],
    ] as const) {
      bench.database.workerDocuments.set(id, { id, 'heartbeat-time': heard(hours) });
    }
    const worker = await bench.start();
    await eventually(() =>
      expect([...bench.database.workerDocuments.keys()].sort()).toEqual(['recent', worker.health().id].sort()),
    );
  });
});
