// The whole way, once: start everything, deploy a workflow, submit a labelled job, watch it, find it by its label.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client } from '@elastic/elasticsearch';

const JOB_LIMIT_MS = 120_000;
const examples = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(dirname(examples), 'packages/server/bin/daybook.js');
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-demo-'));

/** Starts Daybook on free ports, and gives the URLs that it prints. */
function start() {
  const ports = ['ades', 'database', 'bus'].flatMap((part) => [`--${part}-port`, '0']);
  const server = spawn(process.execPath, [program, 'serve', '--data-dir', dataDir, '--cwl-roots', examples, ...ports], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => server.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    let output = '';
    const url = (part) => new RegExp(`^\\s*${part}\\s+(http\\S+)`, 'm').exec(output)?.[1];
    server.once('exit', (code) => reject(new Error(`Daybook ended with exit code ${code}`)));
    server.stdout.on('data', (chunk) => {
      if (/^ready/m.test(output)) return;
      output += chunk;
      if (!/^ready/m.test(output)) return;
      process.stdout.write(output.replace(/^ready.*\n/m, ''));
      if (/wait for a worker/.test(output)) reject(new Error('the demo needs a worker: see above'));
      else resolve({ server, ades: url('ADES'), database: url('jobs database') });
    });
  });
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** The deploy request of WPS-T: a process is the URL of its CWL document, with a name and a version. */
function deployRequest(href) {
  return {
    processDescription: {
      process: {
        id: 'l1b-cwl',
        title: 'ATMS L1B',
        abstract: 'Brightness temperatures from the counts of a microwave sounder',
        keywords: [],
        owsContext: { offering: { code: 'http://www.opengis.net/eoc/applicationContext/cwl', content: { href } } },
        inputs: [],
        outputs: [],
      },
      processVersion: 'develop',
      jobControlOptions: ['async-execute'],
      outputTransmission: ['reference'],
    },
    immediateDeployment: true,
    executionUnit: [{ href: 'docker.registry/ndvims:latest' }],
    deploymentProfileName: 'http://www.opengis.net/profiles/eoc/dockerizedApplication',
  };
}

const executeRequest = {
  mode: 'async',
  response: 'document',
  inputs: [
    { id: 'input_collection_id', data: 'SNDR_SNPP_ATMS_L1A___1' },
    { id: 'start_datetime', data: '2016-01-14T08:00:00Z' },
    { id: 'stop_datetime', data: '2016-01-14T11:59:59Z' },
    { id: 'output_collection_id', data: 'SNDR_SNPP_ATMS_L1B_OUTPUT___1' },
  ],
  outputs: [{ id: 'output', transmissionMode: 'reference' }],
  labels: ['re-processing-3', 'release23.3', '08-08-23'],
};

/** Prints each status that the job's document shows until the verdict is there. */
async function watch(jobs, id, began) {
  let shown;
  while (performance.now() - began < JOB_LIMIT_MS) {
    const { _source: job } = await jobs.get({ index: 'jobs', id });
    const line = `${job.status.padEnd(12)} ${job.step ?? ''}`.trimEnd();
    if (line !== shown) console.log(`  ${((performance.now() - began) / 1000).toFixed(2).padStart(6)} s   ${line}`);
    shown = line;
    if (job.final) return job;
    await delay(10);
  }
  throw new Error(`job ${id} had no verdict within ${JOB_LIMIT_MS / 1000} s`);
}

console.log('\n1  Start everything');
const { server, ades, database } = await start();
const jobs = new Client({ node: database });
try {
  const document = pathToFileURL(join(examples, 'l1b-cwl/workflow.cwl')).href;
  console.log(`\n2  Deploy a process by its CWL document: POST /processes\n  ${document}`);
  const deployed = await (await post(`${ades}/processes`, deployRequest(document))).json();
  console.log(`  ${deployed.deploymentResult.processSummary.processDescriptionURL}`);

  console.log(
    `\n3  Submit a job with labels: POST /processes/l1b-cwl:develop/jobs\n  labels ${executeRequest.labels.join(', ')}`,
  );
  const began = performance.now();
  const { headers } = await post(`${ades}/processes/l1b-cwl:develop/jobs`, executeRequest);
  const id = headers.get('location').split('/').at(-1);
  console.log(`  ${headers.get('location')}`);

  console.log('\n4  Watch it run');
  await watch(jobs, id, began);

  console.log('\n5  Find it by its label, with the official Elasticsearch client');
  const found = await jobs.search({
    index: 'jobs',
    query: { term: { labels: 're-processing-3' } },
    _source_excludes: ['merge', 'resources', 'results'],
  });
  console.log(`  ${found.hits.total.value} job with the label re-processing-3:\n`);
  const job = found.hits.hits[0]._source;
  console.log(JSON.stringify(job, null, 2).replace(/^/gm, '  '));

  console.log('\n6  Read an output at its URL');
  const summary = await (await fetch(job.outputs.summary)).json();
  for (const [channel, { mean, scans }] of Object.entries(summary.brightness_temperature_k)) {
    console.log(
      `  channel ${channel.padStart(2)}   mean brightness temperature ${mean.toFixed(3)} K over ${scans} scans`,
    );
  }
  console.log(`
That was the whole way. Now start the servers to stay, and look around:

  npm start
  curl http://127.0.0.1:5001/processes               the ADES; its interactive documentation is at /api/docs
  curl 'http://127.0.0.1:9200/jobs/_search?pretty'   the jobs database: Elasticvue and every Elasticsearch client work with it
  README.md, examples/                               more workflows, every setting, how it is built
`);
} finally {
  await jobs.close();
  server.kill('SIGTERM');
  await new Promise((resolve) => (server.exitCode === null ? server.once('exit', resolve) : resolve()));
  rmSync(dataDir, { recursive: true, force: true });
}
