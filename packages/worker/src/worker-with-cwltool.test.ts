import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Cwltool, openCwltool } from '@daybook/cwltool';
import { buildJobRequest, dismissal, type JsonObject } from '@daybook/jobs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWorkerBench, REQUESTS, type WorkerBench } from './testing/worker-bench.ts';

const PYTHON = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));

/** A workflow whose second step speaks of the job, and whose outputs are of every kind. */
const WORKFLOW = `
cwlVersion: v1.2
class: Workflow
requirements: {ScatterFeatureRequirement: {}}
inputs: {message: string, data: File, job_id: string, jobs_data_sns_topic_arn: string}
outputs:
  said: {type: File, outputSource: say/said}
  all: {type: Directory, outputSource: say/all}
  parts: {type: 'File[]', outputSource: say/parts}
  count: {type: int, outputSource: reckon/count}
  told: {type: File, outputSource: tell/told}
steps:
  say:
    in: {message: message, data: data}
    out: [said, all, parts]
    run:
      class: CommandLineTool
      baseCommand: [sh, -c, 'mkdir all; echo "$0" | tee said.txt all/copy.txt a.part b.part; cat "$1" > said.txt.idx']
      inputs:
        message: {type: string, inputBinding: {position: 1}}
        data: {type: File, inputBinding: {position: 2}}
      outputs:
        said: {type: File, secondaryFiles: .idx, outputBinding: {glob: said.txt}}
        all: {type: Directory, outputBinding: {glob: all}}
        parts: {type: 'File[]', outputBinding: {glob: '*.part'}}
  tell:
    in: {job_id: job_id, said: say/said}
    out: [told]
    run:
      class: CommandLineTool
      baseCommand: update-job
      inputs: {job_id: {type: string, inputBinding: {prefix: --job_id}}, said: File}
      stdout: told.json
      outputs: {told: {type: stdout}}
  reckon:
    in: {said: say/said}
    out: [count]
    run:
      class: CommandLineTool
      baseCommand: ['true']
      inputs: {said: File}
      outputs: {count: {type: int, outputBinding: {outputEval: '$(inputs.said.size)'}}}
`;

const FAILS = `
cwlVersion: v1.2
class: Workflow
inputs: {}
outputs: {}
steps:
  fine: {in: {}, out: [], run: {class: CommandLineTool, baseCommand: 'true', inputs: {}, outputs: {}}}
  calamity:
    in: {}
    out: []
    run:
      class: CommandLineTool
      baseCommand: [sh, -c, 'echo no calamity here >&2; exit 3']
      inputs: {}
      outputs: {}
`;

const SLEEPS = `
cwlVersion: v1.2
class: CommandLineTool
baseCommand: [sh, -c, 'trap "" TERM; echo $$ > "$0"; while :; do sleep 0.1; done']
inputs: {pid_file: {type: string, inputBinding: {position: 1}}}
outputs: {}
`;

/** Where set-up has not made the environment, the worker waits; worker-lifecycle.test.ts shows that. */
describe.skipIf(!existsSync(PYTHON))('a worker with cwltool', () => {
  let cwltool: Cwltool;
  let bench: WorkerBench;

  beforeAll(async () => {
    cwltool = await openCwltool({ python: PYTHON });
  }, 60_000);
  afterAll(() => cwltool.close());
  beforeEach(async () => {
    bench = await createWorkerBench();
  });
  afterEach(() => bench.close());

  const submit = async (id: string, source: string, inputs: JsonObject = {}): Promise<void> => {
    const baseUrl = pathToFileURL(join(bench.base, `${id}.cwl`)).href;
    const packed = await cwltool.pack({ source: { text: source, baseUrl } });
    bench.database.processDocuments.set(id, { id, cwl: packed.document });
    bench.database.submit(id, id, inputs);
    bench.queues.send(REQUESTS, buildJobRequest(id));
  };
  const isFinal = (id: string) =>
    vi.waitFor(() => expect(bench.database.job(id)?.final).toBe(true), { timeout: 30_000, interval: 20 });
  const stored = async (path: string): Promise<string | undefined> => {
    const entry = await bench.outputStore.open('job-1', 1, path);
    return entry?.kind === 'file' ? text(entry.read()) : undefined;
  };

  test('runs a workflow and stores outputs of every kind', async () => {
    const updateJobBin = join(bench.base, 'update-job.mjs');
    await writeFile(
      updateJobBin,
      `const { JOBS_DATA_SNS_TOPIC_ARN: topic, AWS_ENDPOINT_URL_SNS: endpoint } = process.env;
       console.log(JSON.stringify({ args: process.argv.slice(2), topic, endpoint }));`,
    );
    await writeFile(join(bench.base, 'inputs', 'data.nc'), 'measured');
    await bench.start({
      leaseSeconds: 30,
      cwltool: async () => cwltool,
      steps: { updateJobBin, region: 'us-east-1', awsEndpoint: 'http://127.0.0.1:4566' },
    });
    await submit('job-1', WORKFLOW, {
      message: 'hello',
      data: { class: 'File', path: join(bench.base, 'inputs', 'data.nc') },
    });
    await isFinal('job-1');

    const base = 'http://ades.test:5001/jobs/job-1/outputs';
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'succeeded',
      outputs: {
        said: `${base}/said/said.txt`,
        all: `${base}/all/all`,
        parts: [`${base}/parts/0/a.part`, `${base}/parts/1/b.part`],
        count: `${base}/count`,
        told: `${base}/told/told.json`,
      },
      results: {
        count: 6,
        said: {
          class: 'File',
          size: 6,
          checksum: 'sha1$f572d396fae9206628714fb2ce00f72e94f2258f',
          secondaryFiles: [{ location: `${base}/said/said.txt.idx`, size: 8 }],
        },
        all: { class: 'Directory', listing: [{ location: `${base}/all/all/copy.txt` }] },
      },
      resources: { say: { runs: 1 }, tell: { runs: 1 }, reckon: { runs: 1 } },
      'cpu-seconds': expect.any(Number),
    });
    expect(await stored('said/said.txt')).toBe('hello\n');
    expect(await stored('said/said.txt.idx')).toBe('measured');
    expect(await stored('all/all/copy.txt')).toBe('hello\n');
    expect(JSON.parse((await stored('told/told.json')) ?? '')).toEqual({
      args: ['--job_id', 'job-1'],
      topic: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
      endpoint: 'http://127.0.0.1:4566',
    });
    await vi.waitFor(async () => expect(await bench.jobDirectories()).toEqual([]));
  });

  test('tells which step failed, with which exit code, and what it said', async () => {
    await bench.start({ cwltool: async () => cwltool, leaseSeconds: 30 });
    await submit('job-1', FAILS);
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({
      status: 'failed',
      'failed-step': 'calamity',
      'exit-code': 3,
      'error-class': expect.stringMatching(/^calamity: exit 3: /),
      error: expect.stringMatching(/no calamity here/),
    });
  });

  test('kills a dismissed job that ignores its signals', async () => {
    await bench.start({ cwltool: async () => cwltool, leaseSeconds: 30 });
    const pidFile = join(bench.base, 'pid');
    await submit('job-1', SLEEPS, { pid_file: pidFile });
    await vi.waitFor(() => expect(existsSync(pidFile)).toBe(true), { timeout: 10_000 });
    bench.database.apply(dismissal({ id: 'job-1' }));
    await vi.waitFor(() => expect(bench.queues.bodies(REQUESTS)).toEqual([]), { timeout: 10_000 });
    expect(cwltool.health().runningJobs).toBe(0);
    expect(await bench.jobDirectories()).toEqual([]);
    expect(bench.topic.updates('verdict')).toEqual([]);
  });

  test('fails a document that cannot be run, and goes on', async () => {
    await bench.start({ cwltool: async () => cwltool, leaseSeconds: 30 });
    bench.database.processDocuments.set('broken', {
      id: 'broken',
      cwl: { cwlVersion: 'v1.2', class: 'CommandLineTool', inputs: [], outputs: [], baseCommand: 7 },
    });
    bench.database.submit('job-1', 'broken');
    bench.queues.send(REQUESTS, buildJobRequest('job-1'));
    await isFinal('job-1');
    expect(bench.database.job('job-1')).toMatchObject({ status: 'failed', attempts: 1, error: expect.any(String) });
    await submit('job-2', FAILS.replace('exit 3', 'exit 0'));
    await isFinal('job-2');
    expect(bench.database.job('job-2')?.status).toBe('succeeded');
  });
});
