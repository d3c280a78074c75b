// Jobs through the whole system, beside the bare tools and a cwltool process for each job.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processorTime } from './processor-time.mjs';
import { get, measure, percentile, post, printTable, root, startDaybook } from './support.mjs';

const MESSAGE = 'SNDR.SNPP.ATMS.L1A';

const step = (command, into, input) => ({
  class: 'CommandLineTool',
  baseCommand: command,
  inputs: { [into]: { type: input, inputBinding: { position: 1 } } },
  stdout: 'out.txt',
  outputs: { out: { type: 'stdout' } },
});
const head = { cwlVersion: 'v1.2', id: 'main' };

/** What runs, and the same without CWL. */
const WORKLOADS = {
  'one step': {
    document: { ...head, ...step(['echo'], 'message', 'string') },
    bare: [['echo', MESSAGE]],
  },
  'three steps': {
    document: {
      ...head,
      class: 'Workflow',
      inputs: { message: 'string' },
      outputs: { out: { type: 'File', outputSource: 'count/out' } },
      steps: {
        say: { run: step(['echo'], 'message', 'string'), in: { message: 'message' }, out: ['out'] },
        sort: { run: step(['sort'], 'file', 'File'), in: { file: 'say/out' }, out: ['out'] },
        count: { run: step(['wc', '-c'], 'file', 'File'), in: { file: 'sort/out' }, out: ['out'] },
      },
    },
    bare: [
      ['echo', MESSAGE],
      ['sort', '/dev/null'],
      ['wc', '-c', '/dev/null'],
    ],
  },
};

/** `runs` jobs of each kind at one and at two at once, and then `many` one-step jobs that are submitted as fast as they are taken. */
export async function worker({ runs = 30, many = 1000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-bench-worker-'));
  const daybook = await startDaybook();
  try {
    const rows = [];
    const rates = {};
    for (const [name, workload] of Object.entries(WORKLOADS)) {
      const path = join(folder, `${name.replace(' ', '-')}.cwl`);
      writeFileSync(path, JSON.stringify(workload.document));
      const processId = await deploy(daybook, name.replace(' ', '-'), workload.document);
      for (const atOnce of [1, 2]) {
        const bare = await measure(runs, atOnce, () => runBare(workload.bare));
        const ours = await measure(runs, atOnce, () => runJob(daybook, processId));
        const cold = await measure(Math.ceil(runs / 3), atOnce, (run) => runCold(path, join(folder, `cold-${run}`)));
        for (const [what, { each, wallMs }] of Object.entries({
          'bare tools': bare,
          Daybook: ours,
          'cold cwltool': cold,
        })) {
          const p50 = percentile(each, 50);
          const over = p50 - percentile(bare.each, 50);
          rates[what] = (each.length / wallMs) * 1000;
          rows.push([name, atOnce, what, p50.toFixed(0), over.toFixed(0), rates[what].toFixed(1)]);
        }
      }
    }
    printTable(
      `Jobs of short tools, ${runs} of each: from the execute request to the verdict in the jobs database`,
      ['', 'at once', '', 'p50 ms', 'over the bare tools ms', 'jobs/s'],
      rows,
    );
    await throughput(daybook, many);
  } finally {
    await daybook.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throughput(daybook, many) {
  const url = `${daybook.ades}/processes/one-step/jobs`;
  const label = `many-${Date.now()}`;
  const before = processorTime(daybook.pid);
  const began = performance.now();
  const { wallMs: submittedMs } = await measure(many, 8, () => post(url, { ...execute(), labels: [label] }));
  while ((await count(daybook, label)) < many) await delay(100);
  const wallMs = performance.now() - began;
  const processor = processorTime(daybook.pid);
  const perJob = (which) => ((processor[which] - before[which]) / many).toFixed(1);
  printTable(
    `${many} one-step jobs, submitted by 8 clients as fast as they are taken, 2 at once`,
    ['jobs/s', 'submitted after s', 'all ended after s', 'processor ms a job: server', 'cwltool and tools'],
    [
      [
        ((many / wallMs) * 1000).toFixed(1),
        (submittedMs / 1000).toFixed(1),
        (wallMs / 1000).toFixed(1),
        perJob('own'),
        perJob('below'),
      ],
    ],
  );
}

async function deploy(daybook, id, document) {
  const response = await fetch(`${daybook.ades}/processes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/ogcapppkg+json' },
    body: JSON.stringify({
      processDescription: { id },
      executionUnit: { value: document, mediaType: 'application/cwl+json' },
    }),
  });
  if (response.status !== 201) throw new Error(`deploy answered ${response.status}: ${await response.text()}`);
  return id;
}

const execute = () => ({ mode: 'async', inputs: [{ id: 'message', data: MESSAGE }] });

async function runJob(daybook, processId) {
  const { headers } = await post(`${daybook.ades}/processes/${processId}/jobs`, execute());
  const id = headers.get('location').split('/').at(-1);
  for (;;) {
    const { _source: job } = await get(`${daybook.database}/jobs/_doc/${id}`);
    if (job.final && job.status !== 'succeeded') throw new Error(`job ${job.id} is ${job.status}: ${job.error}`);
    if (job.final) return;
    await delay(2);
  }
}

async function count(daybook, label) {
  const query = { bool: { filter: [{ term: { labels: label } }, { term: { status: 'succeeded' } }] } };
  return (await post(`${daybook.database}/jobs/_count`, { query }, 200)).body.count;
}

async function runBare(commands) {
  for (const [program, ...args] of commands) await run(program, args);
}

const runCold = (path, folder) =>
  run(join(root, '.venv/bin/cwltool'), ['--quiet', '--outdir', folder, path, '--message', MESSAGE]);

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
  });
}

if (import.meta.main ?? process.argv[1]?.endsWith('bench/worker.mjs')) {
  await worker({ runs: Number(process.argv[2] ?? 30), many: Number(process.argv[3] ?? 1000) });
}
