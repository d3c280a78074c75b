import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { buildJobRequest } from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
const requestsAreDone = () => eventually(() => expect(bench.queues.bodies(REQUESTS)).toEqual([]));

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

  test('says what its steps left unsaid while the bus was away, and then its verdict', async () => {
    bench.cwltool.script = async (job, emit, cancelled) => {
      bench.topic.isAway = true;
      const update = {
        id: 'job-1',
        'event-id': 'e',
        time: new Date().toISOString(),
        kind: 'update',
        status: 'gridding',
      };
      await writeFile(join(job.environment!.DAYBOOK_UPDATE_SPOOL!, '1-e.json'), JSON.stringify(update));
      return writesFile(job, emit, cancelled);
    };
    let tries = 0;
    bench.topic.onPublish = ({ status }) => {
      if (status === 'gridding' && ++tries === 2) bench.topic.isAway = false;
    };
    await bench.start();
    bench.submit('job-1');
    await isFinal('job-1');
    expect(tries).toBe(2);
    const said = bench.topic.updates().map(({ kind, status }) => `${kind} ${status}`);
    expect(said.slice(-2)).toEqual(['update gridding', 'verdict succeeded']);
  });

  test('may speak of itself over HTTP while it runs, where the worker has an endpoint', async () => {
    const answers: number[] = [];
    let again: () => Promise<number> = async () => 0;
    bench.cwltool.script = async (job, emit, cancelled) => {
      const { DAYBOOK_UPDATE_URL: url, DAYBOOK_UPDATE_TOKEN: token } = job.environment!;
      const update = { id: 'job-2', 'event-id': 'e', time: new Date().toISOString(), status: 'gridding' };
      const headers = { authorization: `Bearer ${token}` };
      again = async () => (await fetch(url!, { method: 'POST', headers, body: JSON.stringify(update) })).status;
      answers.push(await again());
      return writesFile(job, emit, cancelled);
    };
    await bench.start({ updateEndpoint: { host: '127.0.0.1', port: 0 } });
    bench.submit('job-1');
    await isFinal('job-1');
    expect([...answers, await again()]).toEqual([200, 401]);
    expect(bench.topic.updates('update')).toContainEqual(expect.objectContaining({ id: 'job-1', status: 'gridding' }));
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
