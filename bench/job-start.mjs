import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { examples, get, percentile, post, printTable, root } from './support.mjs';

const RUNS = 15;

/** One-step echo jobs one after the other: from the execute request to the verdict, beside a cwltool process for each, in turn. */
export async function jobStart(daybook, processId) {
  const whole = [];
  const running = [];
  const cold = [];
  for (let run = 0; run < RUNS; run += 1) {
    cold.push(coldRun());
    const began = performance.now();
    const { headers } = await post(`${daybook.ades}/processes/${processId}/jobs`, {
      mode: 'async',
      inputs: [{ id: 'message', data: `run ${run}` }],
    });
    const job = await verdict(daybook, headers.get('location').split('/').at(-1));
    if (job.status !== 'succeeded') throw new Error(`job ${job.id} is ${job.status}: ${job.error}`);
    whole.push(performance.now() - began);
    running.push(Date.parse(job['stop-time']) - Date.parse(job['start-time']));
  }
  const row = (name, values) => [
    name,
    Math.min(...values).toFixed(0),
    percentile(values, 50).toFixed(0),
    Math.max(...values).toFixed(0),
  ];
  printTable(
    `One-step echo job, ${RUNS} runs in turn (tool itself: about 2 ms)`,
    ['', 'min ms', 'p50 ms', 'max ms'],
    [
      row('Daybook: execute request → verdict in the jobs database', whole),
      row('Daybook: start-time → stop-time', running),
      row('cold cwltool process', cold),
    ],
  );
}

function coldRun() {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-cold-'));
  const began = performance.now();
  const done = spawnSync(join(root, '.venv/bin/cwltool'), [
    '--quiet',
    '--outdir',
    folder,
    join(examples, 'echo/echo.cwl'),
    '--message',
    'x',
  ]);
  const ms = performance.now() - began;
  rmSync(folder, { recursive: true });
  if (done.status !== 0) throw new Error(`cwltool ended with ${done.status}: ${done.stderr}`);
  return ms;
}

async function verdict(daybook, id) {
  for (;;) {
    const { _source: job } = await get(`${daybook.database}/jobs/_doc/${id}`);
    if (job.final) return job;
    await delay(2);
  }
}
