import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Cwltool } from '@daybook/cwltool';
import { DaybookError } from '@daybook/errors';
import { dismissal } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildJobRequest } from './job-request.ts';
import { NO_USAGE, type Script, untilCancelled } from './testing/twin-cwltool.ts';
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

/** Writes a file as the run's output. */
const writesFile: Script = async (job) => {
  await mkdir(join(job.directory, 'out'));
  const path = join(job.directory, 'out', 'echo.txt');
  await writeFile(path, 'hello');
  const output = {
    class: 'File',
    location: pathToFileURL(path).href,
    basename: 'echo.txt',
    size: 5,
    checksum: 'sha1$x',
  };
  return { status: 'success', outputs: { output }, usage: NO_USAGE };
};

describe('a job that succeeds', () => {
  test('ends as succeeded, with its outputs in the store and their URLs in the document', async () => {
    bench.cwltool.script = writesFile;
    await bench.start();
    bench.submit('job-1', { message: 'hello' });
    await isFinal('job-1');
    const url = 'http://ades.test:5001/jobs/job-1/outputs/output/echo.txt';
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'succeeded',
      state: 'successful',
      progress: 100,
      attempts: 1,
      outputs: { output: url },
      results: { output: { class: 'File', location: url, basename: 'echo.txt', size: 5, checksum: 'sha1$x' } },
      'start-time': expect.any(String),
      'stop-time': expect.any(String),
    });
    const stored = await bench.outputStore.open('job-1', 1, 'output/echo.txt');
    expect(stored?.kind === 'file' && (await text(stored.read()))).toBe('hello');
    await requestsAreDone();
    await eventually(async () => expect(await bench.jobDirectories()).toEqual([]));
  });

  test('is announced as running, with the worker and the attempt', async () => {
    bench.cwltool.script = untilCancelled;
    const worker = await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.database.job('job-1')?.status).toBe('running'));
    expect(bench.database.job('job-1')).toMatchObject({ state: 'running', worker: worker.health().id, attempts: 1 });
    expect(bench.topic.publications[0]).toMatchObject({ groupId: 'job-1', deduplicationId: expect.any(String) });
    expect(worker.health()).toMatchObject({ state: 'running', runningJobs: ['job-1'], slots: 2 });
  });

  test('gets the inputs that the server fills in, and the environment of its Update Job steps', async () => {
    await bench.start({ serverInputs: { bucket: 's3://bucket', unknown: 'x' } });
    bench.submit('job-1', { message: 'hello' });
    await isFinal('job-1');
    expect(bench.cwltool.jobs[0]).toMatchObject({
      id: 'job-1-1',
      directory: join(bench.base, 'work', 'jobs', 'job-1-1'),
      jobOrder: {
        message: 'hello',
        job_id: 'job-1',
        job_inputs: '{"message":"hello"}',
        jobs_data_sns_topic_arn: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
        bucket: 's3://bucket',
      },
      environment: {
        AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:4566',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
        JOBS_DATA_SNS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
      },
    });
    expect(bench.cwltool.jobs[0]?.jobOrder).not.toHaveProperty('unknown');
  });

  test('finds the program update-job on its PATH', async () => {
    const script = join(bench.base, "it's mine.mjs");
    await writeFile(script, 'console.log(JSON.stringify(process.argv.slice(2)))');
    await bench.start({ steps: { updateJobBin: script, region: 'us-east-1' } });
    bench.submit('job-1');
    await isRunning();
    const [binDirectory] = bench.cwltool.jobs[0]!.pathPrefix!;
    const { stdout } = await promisify(execFile)(join(binDirectory!, 'update-job'), ['--job_status', 'a b']);
    expect(JSON.parse(stdout)).toEqual(['--job_status', 'a b']);
  });

  test('shows its progress and its step on the way, and what its steps took in the end', async () => {
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    bench.cwltool.script = async (_job, emit) => {
      emit({ type: 'plan', time: 0, steps: ['first', 'second'] });
      emit({ type: 'step-started', time: 0, step: 'first' });
      const usage = { exitCode: 0, wallMs: 1500, cpuMs: 1000, peakMemoryBytes: 2048 };
      emit({ type: 'tool-ended', time: 0, step: 'first', tool: 'first', ...usage });
      emit({ type: 'step-ended', time: 0, step: 'first', status: 'success' });
      emit({ type: 'step-started', time: 0, step: 'second' });
      await finished;
      return { status: 'success', outputs: {}, usage: { wallMs: 2000, cpuMs: 1200, peakMemoryBytes: 1024 } };
    };
    await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.database.job('job-1')).toMatchObject({ progress: 50, step: 'second' }));
    finish();
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({
      progress: 100,
      resources: { first: { runs: 1, 'wall-seconds': 1.5, 'cpu-seconds': 1, 'peak-memory': 2048 } },
      'cpu-seconds': 1.2,
      'peak-memory': 2048,
    });
  });

  test('passes a verdict that is too large for a message through the output store', async () => {
    bench.cwltool.script = async () => ({
      status: 'success',
      outputs: { output: 'x'.repeat(300_000) },
      usage: NO_USAGE,
    });
    await bench.start();
    bench.submit('job-1');
    await eventually(() => expect(bench.topic.updates('verdict')).toHaveLength(1));
    expect(bench.topic.updates('verdict')[0]).toMatchObject({
      status: 'succeeded',
      'results-url': expect.stringMatching(/^file:.*1\.results\.json$/),
      'results-digest': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('a job that fails', () => {
  test('says the reason, the end of the log, the failed step and its exit code', async () => {
    bench.cwltool.script = async (job) => {
      await writeFile(join(job.directory, 'stderr.log'), '\u001b[31mno calamity in text.txt\u001b[0m\n');
      const failure = { message: 'Tool search ended with 3', step: 'search', exitCode: 3 };
      return { status: 'failed', failure, usage: NO_USAGE };
    };
    await bench.start();
    bench.submit('job-1');
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      error: 'Tool search ended with 3\n\nThe end of its log:\nno calamity in text.txt',
      'error-class': 'search: exit 3: Tool search ended with <n>',
      'failed-step': 'search',
      'exit-code': 3,
      outputs: {},
    });
    await requestsAreDone();
  });

  test.each([
    ['an input of the wrong type', { message: 3 }, /message/],
    ['an input that the process does not know', { colour: 'red' }, /colour/],
    ['a file outside the roots', { data: { class: 'File', path: '/etc/passwd' } }, /data.*outside the folders/],
  ])('fails at once with the reason for %s', async (_what, inputs, reason) => {
    await bench.start();
    bench.submit('job-1', inputs);
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: expect.stringMatching(reason),
    });
    expect(bench.cwltool.jobs).toEqual([]);
    await requestsAreDone();
  });

  test('fails when its process is gone, and when its process has no document', async () => {
    await bench.start();
    bench.database.submit('job-1', 'gone:1');
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    bench.database.processDocuments.set('empty:1', { id: 'empty:1' });
    bench.database.submit('job-2', 'empty:1');
    bench.queues.send(REQUESTS, buildJobRequest('job-2'));
    await isFinal('job-1');
    await isFinal('job-2');
    expect(bench.database.job('job-1')?.error).toMatch(/"gone:1" is not deployed/);
    expect(bench.database.job('job-2')?.error).toMatch(/empty:1 has no packed CWL document/);
  });

  test('fails with a clear reason at the wall limit', async () => {
    bench.cwltool.script = async () => ({ status: 'stopped', reason: 'wall-limit', usage: NO_USAGE });
    await bench.start({ wallLimitSeconds: 7 });
    bench.submit('job-1');
    await isFinal('job-1');
    expect(bench.database.job('job-1')?.error).toMatch(/wall limit of 7 seconds/);
    expect(bench.cwltool.jobs[0]?.wallLimitMs).toBe(7000);
  });

  test('fails when an output lies outside its directory, and shows none of its outputs', async () => {
    bench.cwltool.script = async () => ({
      status: 'success',
      outputs: { output: { class: 'File', location: 'file:///etc/passwd', basename: 'passwd' } },
      usage: NO_USAGE,
    });
    await bench.start();
    bench.submit('job-1');
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'failed', error: expect.stringMatching(/outside/) });
    expect(await bench.outputStore.open('job-1', 1, '')).toBeUndefined();
  });

  test('is run again when cwltool was killed, until its attempts are exhausted', async () => {
    bench.cwltool.script = async () => ({ status: 'stopped', reason: 'runner-died', usage: NO_USAGE });
    await bench.start({ maxAttempts: 2 });
    bench.submit('job-1');
    await isFinal('job-1');
    expect(bench.cwltool.jobs.map(({ id }) => id)).toEqual(['job-1-1', 'job-1-2']);
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/runner-died/),
    });
  });
});

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

  test('of final, missing and unreadable jobs are deleted and nothing runs', async () => {
    bench.database.submit('job-1', 'echo:1');
    bench.database.apply(dismissal({ id: 'job-1' }));
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    bench.queues.send(REQUESTS, buildJobRequest('job-2'));
    bench.queues.send(REQUESTS, 'not JSON');
    bench.queues.send(REQUESTS, '{"id":"../../etc"}');
    await bench.start();
    await requestsAreDone();
    expect(bench.cwltool.jobs).toEqual([]);
    expect(bench.topic.publications).toEqual([]);
  });

  test('of jobs that had all their attempts end as presumed failures', async () => {
    bench.submit('job-1');
    await bench.database.claimAttempt('job-1', 'a worker that died');
    await bench.start({ maxAttempts: 1 });
    await isFinal('job-1');
    expect(bench.topic.updates('presumed-failure')).toHaveLength(1);
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      error: expect.stringMatching(/started 1 times/),
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

describe('stopping', () => {
  test('by handing back kills the running jobs and gives their requests to others at once', async () => {
    bench.cwltool.script = untilCancelled;
    const worker = await bench.start();
    bench.submit('job-1');
    await isRunning();
    await worker.stop({ mode: 'hand-back', timeoutMs: 0 });
    expect(bench.queues.visibilityChanges.at(-1)).toBe(0);
    expect(bench.queues.bodies(REQUESTS)).toHaveLength(1);
    expect(bench.topic.updates('verdict')).toEqual([]);
    expect(worker.health().state).toBe('stopped');
    expect(bench.database.workerDocuments.get(worker.health().id)).toMatchObject({ state: 'stopped' });

    bench.cwltool.script = writesFile;
    await bench.start();
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'succeeded', attempts: 2 });
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
      }),
    );
  });
});
