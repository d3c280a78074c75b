import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildJobRequest,
  type JobDocument,
  newSecretKeys,
  parseSecretKeys,
  sealInputs,
  submission,
} from '@daybook/jobs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NO_USAGE } from './testing/twin-cwltool.ts';
import { createWorkerBench, REQUESTS, secretKeys, type WorkerBench } from './testing/worker-bench.ts';

let bench: WorkerBench;

beforeEach(async () => {
  bench = await createWorkerBench();
});
afterEach(() => bench.close());

const isFinal = (id: string) =>
  vi.waitFor(() => expect(bench.database.job(id)?.final).toBe(true), { timeout: 10_000, interval: 10 });

/** Submits a job as the ADES does; its values are sealed for the job `sealedFor`. */
function submit(id: string, { keys = secretKeys, sealedFor = id } = {}): void {
  const { inputs, secrets } = sealInputs(keys, sealedFor, { message: 'swordfish' }, ['message']);
  bench.database.apply(submission({ id, inputs, secrets, labels: [], userId: 'anonymous', processId: 'echo:1' }));
  bench.queues.send(REQUESTS, buildJobRequest(id));
}

describe('a job with a secret input', () => {
  test('has its value in the job order of each of its attempts, and nowhere else', async () => {
    bench.cwltool.script = async () =>
      bench.cwltool.jobs.length === 1
        ? { status: 'stopped', reason: 'runner-died', usage: NO_USAGE }
        : { status: 'success', outputs: {}, usage: NO_USAGE };
    await bench.start({ secretInputs: ['mess*'] });
    submit('job-1');
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'succeeded', attempts: 2, inputs: { message: '***' } });
    expect(bench.cwltool.jobs).toHaveLength(2);
    for (const { jobOrder, ...rest } of bench.cwltool.jobs) {
      expect(jobOrder).toMatchObject({ message: 'swordfish', job_inputs: '{"message":"***"}' });
      expect(rest.document.hints).toEqual([{ class: 'http://commonwl.org/cwltool#Secrets', secrets: ['message'] }]);
      expect(JSON.stringify(rest)).not.toContain('swordfish');
    }
    expect(JSON.stringify([bench.database.job('job-1'), bench.topic.publications, bench.log])).not.toContain(
      'swordfish',
    );
  });

  test('has those that the server fills in kept as well', async () => {
    bench.cwltool.script = async () => ({ status: 'failed', failure: { message: 'no s3://hidden' }, usage: NO_USAGE });
    await bench.start({ secretInputs: ['bucket'], serverInputs: { bucket: 's3://hidden' } });
    bench.submit('job-1', {});
    await isFinal('job-1');
    const [run] = bench.cwltool.jobs;
    expect(run?.jobOrder).toMatchObject({ bucket: 's3://hidden' });
    expect(run?.document.hints).toMatchObject([{ secrets: ['bucket'] }]);
    expect(bench.database.job('job-1')?.error).toBe('no ***');
  });

  test('that prints it fails with it masked', async () => {
    bench.cwltool.script = async ({ directory }) => {
      await writeFile(join(directory, 'stderr.log'), `${'-'.repeat(4090)}swordfish\nit was swordfish\n`);
      return { status: 'failed', failure: { message: 'echo: no swordfish here' }, usage: NO_USAGE };
    };
    await bench.start();
    submit('job-1');
    await isFinal('job-1');
    const { error, 'error-class': errorClass } = bench.database.job('job-1')!;
    expect(error).toMatch(/^echo: no \*\*\* here\n/);
    expect(error).toMatch(/-\*\*\*\nit was \*\*\*$/);
    // Nor any end of it where the log was cut.
    expect(`${error} ${errorClass}`).not.toMatch(/fish/);
  });

  test.each<[string, Parameters<typeof submit>[1], RegExp]>([
    ['sealed for another job', { sealedFor: 'job-9' }, /input message cannot be opened: .* another job/],
    ['sealed with a key that the worker lacks', { keys: parseSecretKeys(newSecretKeys()) }, /does not have/],
  ])('whose value was %s fails with the reason, and the worker goes on', async (_, how, reason) => {
    await bench.start();
    submit('job-1', how);
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: expect.stringMatching(reason),
    });
    expect(bench.cwltool.jobs).toEqual([]);
    submit('job-2');
    await isFinal('job-2');
    expect(bench.database.job('job-2')?.status).toBe('succeeded');
  });

  test('whose sealed value somebody removed does not run on what is shown in its place', async () => {
    await bench.start({ secretInputs: ['message'] });
    submit('job-1');
    const { claimAttempt } = bench.database;
    bench.database.claimAttempt = async (...args) => {
      const claim = await claimAttempt(...args);
      if (claim.result !== 'claimed') return claim;
      const { merge: _, ...document } = claim.document;
      return { ...claim, document: document as JobDocument };
    };
    await isFinal('job-1');
    expect(bench.database.job('job-1')?.error).toMatch(/secret input message is gone/);
    expect(bench.cwltool.jobs).toEqual([]);
  });
});
