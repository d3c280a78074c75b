import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { percentile, printTable, root } from './support.mjs';

const RUNS = 25;
const run = promisify(execFile);

/** The program update-job, from its start to its end, beside a Node process that does nothing, in turn. */
export async function updateJob() {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-update-job-'));
  const empty = join(folder, 'empty.mjs');
  writeFileSync(empty, '');
  const topic = createServer((request, response) =>
    request.resume().on('end', () => response.end('<PublishResponse/>')),
  );
  await new Promise((listening) => topic.listen(0, '127.0.0.1', listening));
  const env = {
    PATH: process.env.PATH,
    JOBS_DATA_SNS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:updates.fifo',
    AWS_ENDPOINT_URL_SNS: `http://127.0.0.1:${topic.address().port}`,
  };
  const program = join(root, 'packages/update-job/bin/update-job.js');
  const times = { empty: [], help: [], published: [] };
  const timed = async (list, args) => {
    const began = performance.now();
    await run(process.execPath, args, { env });
    list.push(performance.now() - began);
  };
  for (let at = 0; at < RUNS; at += 1) {
    await timed(times.empty, [empty]);
    await timed(times.help, [program, '--help']);
    await timed(times.published, [program, '--job_id', 'j', '--job_status', 'running']);
  }
  topic.closeAllConnections();
  topic.close();
  rmSync(folder, { recursive: true });
  const base = percentile(times.empty, 50);
  const row = (name, values) => [
    name,
    Math.min(...values).toFixed(0),
    percentile(values, 50).toFixed(0),
    (percentile(values, 50) / base).toFixed(2),
  ];
  printTable(
    `The program update-job, ${RUNS} runs in turn`,
    ['', 'min ms', 'p50 ms', '× empty'],
    [
      row('empty Node process', times.empty),
      row('update-job that prints its usage', times.help),
      row('update-job that publishes', times.published),
    ],
  );
}
