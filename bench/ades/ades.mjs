// The ADES with few jobs and with a million, beside pygeoapi.
//   node bench/ades/ades.mjs [--jobs N]
import { parseArgs } from 'node:util';
import { HttpConnection } from '../http-connection.mjs';
import { processorTimeOfAll } from '../processor-time.mjs';
import { machine, measure, percentile, post, printTable, startDaybook } from '../support.mjs';
import { startPygeoapi } from './pygeoapi.mjs';

const CLIENTS = 8;
/** Calls before those that are measured: as many as it takes until the code is compiled. */
const WARM_UP = 2000;
const CALLS = 4000;
/** Of pygeoapi, which takes up to seconds for a list; it is warm at once. */
const SLOW_CALLS = { list: 40, others: 500 };
const BATCH = 10_000;
const BULK = 2000;
const FEW_JOBS = 10;
const PEER_JOBS = 1_000;
const JSON_BODY = { 'content-type': 'application/json' };
const NDJSON = { 'content-type': 'application/x-ndjson' };

const SLEEP = {
  cwlVersion: 'v1.2',
  class: 'CommandLineTool',
  id: 'sleep',
  baseCommand: 'sleep',
  inputs: { seconds: { type: 'int', inputBinding: {} } },
  outputs: {},
};

/** Prints one table: `jobs` is how many there are in the larger database. */
export async function ades({ jobs = 1_000_000 } = {}) {
  const columns = [];
  for (const [name, start, count] of [
    [`Daybook, ${FEW_JOBS} jobs`, startOurs, FEW_JOBS],
    [`Daybook, ${jobs.toLocaleString('en')} jobs`, startOurs, jobs],
    [`pygeoapi, ${FEW_JOBS} jobs`, startPygeoapi, FEW_JOBS],
    [`pygeoapi, ${PEER_JOBS.toLocaleString('en')} jobs`, startPygeoapi, PEER_JOBS],
  ]) {
    try {
      columns.push({ name, figures: await measureServer(start, count) });
    } catch (error) {
      if (start === startOurs) throw error;
      console.log(`\n${name}: left out: ${error.message}`);
    }
  }
  const rows = [...columns[0].figures.keys()].map((row) => [
    row,
    ...columns.map(({ figures }) => figures.get(row) ?? '–'),
  ]);
  printTable(
    `The ADES: ${CLIENTS} clients, no worker; pygeoapi runs its greeting in the request`,
    ['', ...columns.map(({ name }) => name)],
    rows,
  );
}

async function startOurs() {
  const daybook = await startDaybook('--slots', '0');
  const cwl = { 'content-type': 'application/cwl+json' };
  const connection = new HttpConnection(daybook.ades);
  await connection.request('POST', '/processes', cwl, JSON.stringify(SLEEP));
  const inputs = { seconds: 0 };
  const execution = '/processes/sleep/execution';
  return {
    url: daybook.ades,
    pids: [daybook.pid],
    processId: 'sleep',
    inputs,
    batch: async () => {
      const items = Array.from({ length: BATCH }, (_, n) => ({ inputs, labels: ['batch', `granule-${n}`] }));
      const answer = JSON.parse(
        await connection.request('POST', `${execution}/batch`, JSON_BODY, JSON.stringify(items)),
      );
      if (answer.submitted !== BATCH) throw new Error(`only ${answer.submitted} of the batch were submitted`);
    },
    async fill(jobs) {
      const { body } = await post(`${daybook.ades}${execution}`, { inputs, labels: ['fill'] });
      await copyJob(daybook.database, body.jobID, jobs - 1);
    },
    async stop() {
      connection.close();
      await daybook.stop();
    },
  };
}

/** Makes documents like that of one job, as of jobs that succeeded, one a second. */
async function copyJob(database, id, copies) {
  const connection = new HttpConnection(database);
  const { _source: job } = JSON.parse(await connection.request('GET', `/jobs/_doc/${id}`));
  const beganMs = Date.parse(job['submit-time']) - copies * 1000;
  for (let from = 0; from < copies; from += BULK) {
    const lines = [];
    for (let n = from; n < Math.min(copies, from + BULK); n++) {
      const time = new Date(beganMs + n * 1000).toISOString();
      const copy = {
        ...job,
        id: `${id.slice(0, 24)}${n.toString(16).padStart(12, '0')}`,
        ...{ status: 'succeeded', state: 'successful', final: true, labels: ['fill', `campaign-${n % 200}`] },
        ...{ 'submit-time': time, 'queue-time': time, 'start-time': time, 'stop-time': time, 'update-time': time },
      };
      lines.push(`{"index":{"_id":"${copy.id}"}}`, JSON.stringify(copy));
    }
    await connection.request('POST', '/jobs/_bulk', NDJSON, `${lines.join('\n')}\n`);
  }
  connection.close();
}

async function measureServer(start, jobs) {
  const server = await start();
  const figures = new Map();
  const connections = Array.from({ length: CLIENTS }, () => new HttpConnection(server.url));
  const free = [...connections];
  /** Calls over a connection that nobody uses. */
  const call = async (...request) => {
    const connection = free.pop();
    try {
      return await connection.request(...request);
    } finally {
      free.push(connection);
    }
  };
  try {
    await server.fill(jobs);
    const execution = `/processes/${server.processId}/execution`;
    const headers = { ...JSON_BODY, accept: 'application/json', prefer: 'respond-async' };
    const body = JSON.stringify({ inputs: server.inputs });
    const list = async () =>
      JSON.parse(await call('GET', '/jobs?limit=10&f=json', { accept: 'application/json' })).jobs;
    // Lists first: submissions add jobs.
    const [{ jobID }] = await list();
    const isOurs = server.batch !== undefined;
    const calls = isOurs ? CALLS : SLOW_CALLS.others;
    await time(figures, 'list of 10', server, isOurs ? CALLS : SLOW_CALLS.list, list);
    await time(figures, 'status', server, calls, () =>
      call('GET', `/jobs/${jobID}?f=json`, { accept: 'application/json' }),
    );
    await time(figures, 'submission', server, calls, () => call('POST', execution, headers, body));
    if (isOurs) {
      await server.batch();
      const before = processorTimeOfAll(server.pids);
      const { wallMs } = await measure(1, 1, server.batch);
      figures.set(`submissions/s in a batch of ${BATCH.toLocaleString('en')}`, Math.round((BATCH / wallMs) * 1000));
      const cpu = (processorTimeOfAll(server.pids) - before) / BATCH;
      figures.set('CPU of each in the batch, ms', cpu.toFixed(2));
    }
  } finally {
    for (const connection of connections) connection.close();
    await server.stop();
  }
  return figures;
}

async function time(figures, name, server, calls, call) {
  await measure(Math.min(WARM_UP, calls), CLIENTS, call);
  const before = processorTimeOfAll(server.pids);
  const { each, wallMs } = await measure(calls, CLIENTS, call);
  const cpu = (processorTimeOfAll(server.pids) - before) / calls;
  figures.set(`${name}/s`, Math.round((calls / wallMs) * 1000));
  figures.set(`${name}, p50 / p99 ms`, [50, 99].map((percent) => percentile(each, percent).toFixed(1)).join(' / '));
  figures.set(`CPU of a ${name}, ms`, cpu.toFixed(2));
}

if (import.meta.main ?? process.argv[1]?.endsWith('ades.mjs')) {
  const { values } = parseArgs({ options: { jobs: { type: 'string', default: '1000000' } } });
  console.log(machine());
  await ades({ jobs: Number(values.jobs) });
}
