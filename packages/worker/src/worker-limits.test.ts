import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildJobRequest } from '@daybook/jobs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { NO_USAGE, untilCancelled } from './testing/twin-cwltool.ts';
import { createWorkerBench, REQUESTS, type WorkerBench } from './testing/worker-bench.ts';

let bench: WorkerBench;

beforeEach(async () => {
  bench = await createWorkerBench();
});
afterEach(() => bench.close());

const eventually = <T>(assertion: () => T): Promise<T> => vi.waitFor(assertion, { timeout: 10_000, interval: 10 });
const isFinal = (id: string) => eventually(() => expect(bench.database.job(id)?.final).toBe(true));

test('a job that writes more than it may have on the disk is stopped, and fails for that reason', async () => {
  bench.cwltool.script = async (job, emit, cancelled) => {
    await writeFile(join(job.directory, 'much'), Buffer.alloc(200_000));
    return untilCancelled(job, emit, cancelled);
  };
  await bench.start({ maxJobBytes: 100_000 });
  bench.submit('job-1');
  await isFinal('job-1');
  expect(bench.database.job('job-1')).toMatchObject({
    status: 'failed',
    attempts: 1,
    error: 'The job has more than 100000 bytes on the disk',
  });
});

test('jobs that ask for the whole machine run one after the other, whatever the slots', async () => {
  let atOnce = 0;
  let most = 0;
  bench.cwltool.script = async () => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    atOnce -= 1;
    return { status: 'success', outputs: {}, usage: NO_USAGE };
  };
  await bench.start({ slots: 4, capacity: { cores: 4, memoryBytes: 2 ** 30 } });
  const hints = [{ class: 'ResourceRequirement', coresMin: 4 }];
  const cwl = { cwlVersion: 'v1.2', class: 'CommandLineTool', baseCommand: 'true', inputs: [], outputs: [], hints };
  bench.database.processDocuments.set('large', { id: 'large', cwl });
  const ids = ['job-1', 'job-2', 'job-3', 'job-4'];
  for (const id of ids) {
    bench.database.submit(id, 'large');
    bench.queues.send(REQUESTS, buildJobRequest(id));
  }
  await Promise.all(ids.map(isFinal));
  expect(most).toBe(1);
});

test('the limits of processes are cwltool’s to hold', async () => {
  await bench.start({ processLimits: { memoryBytes: 1000, openFiles: 7 } });
  bench.submit('job-1');
  await isFinal('job-1');
  expect(bench.cwltool.jobs[0]?.processLimits).toEqual({ memoryBytes: 1000, openFiles: 7 });
});
