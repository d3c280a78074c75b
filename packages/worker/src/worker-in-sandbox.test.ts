import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Cwltool, openCwltool } from '@daybook/cwltool';
import { buildJobRequest, type JsonObject, sealInputs, submission } from '@daybook/jobs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type TestContext, test, vi } from 'vitest';
import { createWorkerBench, REQUESTS, secretKeys, type WorkerBench } from './testing/worker-bench.ts';

const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

/** A credential of the worker's. */
const CANARY = 'canary-in-the-environment';

/** Sends an update of another job by the socket, and prints what it finds in its environment. */
const UPDATE_JOB = `
import { createConnection } from 'node:net';
const socket = createConnection(process.env.DAYBOOK_UPDATE_SOCKET);
const update = { id: 'job-2', 'event-id': 'e', kind: 'update', attempt: 9, status: 'from inside', time: '2026-01-01T00:00:00Z' };
socket.write(JSON.stringify(update) + '\\n');
socket.once('data', (answer) => {
  console.log(JSON.stringify({ answer: JSON.parse(answer), environment: Object.keys(process.env) }));
  socket.end();
});
`;

function shell(script: string): JsonObject {
  return {
    cwlVersion: 'v1.2',
    class: 'CommandLineTool',
    id: '#main',
    baseCommand: ['sh', '-c', script],
    inputs: [
      { id: '#main/data', type: ['null', 'File'] },
      { id: '#main/word', type: ['null', 'string'] },
    ],
    outputs: [{ id: '#main/said', type: 'stdout' }],
    stdout: 'said.txt',
  };
}

describe.skipIf(!existsSync(PYTHON))('a job in its sandbox', () => {
  let cwltool: Cwltool;
  let bench: WorkerBench;

  beforeAll(async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', CANARY);
    cwltool = await openCwltool({ python: PYTHON });
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await cwltool.close();
  });
  beforeEach(async (context: TestContext) => {
    context.skip(cwltool.health().sandboxReason !== undefined, cwltool.health().sandboxReason);
    bench = await createWorkerBench();
    const updateJobBin = join(bench.base, 'update-job.mjs');
    await writeFile(updateJobBin, UPDATE_JOB);
    await bench.start({
      cwltool: async () => cwltool,
      sandbox: 'required',
      // A busy machine must not cost a job its attempt.
      leaseSeconds: 30,
      stageIn: { allowPrivateAddresses: true, allowedHosts: [], maxBytes: 1000, timeLimitMs: 10_000 },
      privatePaths: [join(bench.base, 'inputs', 'private')],
      steps: {
        updateJobBin,
        programPaths: [updateJobBin],
        region: 'us-east-1',
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
      },
    });
  });
  afterEach(() => bench?.close());

  const run = async (script: string, given: JsonObject = {}, secretIds: readonly string[] = []): Promise<string> => {
    bench.database.processDocuments.set('tool', { id: 'tool', cwl: shell(script) });
    const { inputs, secrets } = sealInputs(secretKeys, 'job-1', given, secretIds);
    bench.database.apply(submission({ id: 'job-1', inputs, secrets, labels: [], userId: 'ada', processId: 'tool' }));
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    await vi.waitFor(() => expect(bench.database.job('job-1')?.final).toBe(true), { timeout: 30_000, interval: 20 });
    const job = bench.database.job('job-1');
    expect(job, String(job?.error)).toMatchObject({ status: 'succeeded' });
    const entry = await bench.outputStore.open('job-1', 1, 'said/said.txt');
    return entry?.kind === 'file' ? text(entry.read()) : '';
  };

  test('speaks of itself alone, by the socket, and has no credentials', async () => {
    const said = JSON.parse(await run('update-job'));
    expect(said.answer).toEqual({ published: true });
    expect(said.environment.filter((name: string) => name.startsWith('AWS_'))).toEqual([]);
    const spoken = bench.topic.updates('update').filter(({ status }) => status === 'from inside');
    expect(spoken).toMatchObject([{ id: 'job-1', attempt: 1 }]);
  });

  test('says none of its secrets by the socket', async () => {
    await run('update-job', { word: 'inside' }, ['word']);
    expect(bench.topic.updates('update').map(({ status }) => status)).toContain('from ***');
    expect(JSON.stringify(bench.topic.publications)).not.toContain('inside');
  });

  test('finds nothing of the environment of the worker, in no process', async () => {
    const said = await run('env; cat /proc/*/environ | tr "\\0" "\\n"; cat /proc/*/cmdline | tr "\\0" " "');
    expect(said).toContain('DAYBOOK_UPDATE_SOCKET=');
    expect(said).not.toContain(CANARY);
  });

  test('reads its inputs, and neither other jobs nor what is private', async () => {
    const data = join(bench.base, 'inputs', 'data.nc');
    await writeFile(data, 'measured');
    await writeFile(join(bench.base, 'inputs', 'private'), 'secret');
    const script = `cat ${data}; echo; cat ${bench.base}/inputs/private; ls ${bench.base} ${bench.base}/work/jobs`;
    const said = await run(script, { data: { class: 'File', path: data } });
    expect(said.split('\n').filter((line) => line !== '' && !line.endsWith(':'))).toEqual([
      'measured',
      'inputs',
      'update-job.mjs',
      'work',
      'job-1-1',
    ]);
  });

  test('has the http inputs that the worker has fetched for it, without a network of its own', async () => {
    const server = createServer((_request, response) => response.end('from afar'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const location = `http://127.0.0.1:${(server.address() as AddressInfo).port}/far.nc`;
    const script = `cat ${bench.base}/work/jobs/*/stage-in/0/far.nc; tail -n +3 /proc/net/dev | grep -vc lo:; true`;
    expect(await run(script, { data: { class: 'File', location } })).toBe('from afar0\n');
    await new Promise((closed) => server.close(closed));
  });

  test('gets nothing of ours into its log or outputs by a link', async () => {
    const secret = join(bench.base, 'secret.txt');
    await writeFile(secret, 'secret');
    bench.database.processDocuments.set('tool', {
      id: 'tool',
      cwl: shell(
        `for name in stderr.log outputs.json; do rm -f ../../$name; ln -s ${secret} ../../$name; done; exit 3`,
      ),
    });
    bench.database.submit('job-1', 'tool', {});
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    await vi.waitFor(() => expect(bench.database.job('job-1')?.final).toBe(true), { timeout: 30_000, interval: 20 });
    expect(bench.database.job('job-1')).toMatchObject({ status: 'failed', 'exit-code': 3 });
    expect(JSON.stringify(bench.database.job('job-1'))).not.toMatch(/secret\\n|: secret/);
    expect(bench.database.job('job-1')?.error).not.toMatch(/^secret$/m);
  });
});

test('where jobs are to have a sandbox and cannot, none is taken, and the health says why', async () => {
  const bench = await createWorkerBench();
  bench.cwltool.sandboxReason = 'the kernel gives no namespaces';
  const worker = await bench.start({ sandbox: 'required' });
  bench.submit('job-1');
  await vi.waitFor(() => expect(worker.health().reason).toMatch(/the kernel gives no namespaces/));
  expect(worker.health().state).toBe('waiting');
  expect(bench.database.job('job-1')?.final).not.toBe(true);
  await bench.close();
});
