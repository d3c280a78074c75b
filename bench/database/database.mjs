// The jobs database beside a real Elasticsearch and OpenSearch: the same documents and requests over HTTP, one engine after the other.
//   node bench/database/database.mjs [--docs N] [--engines daybook,elasticsearch,opensearch]
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { HttpConnection } from '../http-connection.mjs';
import { machine, measure, percentile, printTable } from '../support.mjs';
import { DATABASES } from './databases.mjs';
import { JOBS_INDEX, jobDocument, jobId } from './job-documents.mjs';
import { AGGREGATIONS, bulkBody, countOfUser, longSearch, SEARCHES } from './workload.mjs';

const JSON_BODY = { 'content-type': 'application/json' };
const BULK_DOCS = 1000;
const LOADERS = 2;
/** Every engine compiles what it does often: what is measured is what it does after that. */
const WARM_UP = { calls: 2000, seconds: 4, leastCalls: 300 };
const CALLS = 400;
/** By the number of clients. Every engine makes the same writes, so that it has as many documents and changes as the others when it is read. */
const WRITES = new Map([
  [1, 2000],
  [8, 16_000],
  [64, 32_000],
]);
const WRITE_WARM_UP = { clients: 8, writes: 8000 };
const VISIBLE_WRITES = 50;
const LONG_SEARCHES = 2;
const SCROLL_DOCS = 1000;
const SCROLL_PAGES = 80;
const SETTLED_SECONDS = 4;
const MAX_SETTLE_SECONDS = 60;

/** Loads `docs` documents into each engine and prints one table. */
export async function database({ docs, engines }) {
  const columns = [];
  for (const name of engines) {
    console.error(`${name}, ${docs} documents …`);
    columns.push({ name, figures: await measureDatabase(DATABASES[name], docs) });
  }
  const rows = [...columns[0].figures.keys()].map((row) => [row, ...columns.map(({ figures }) => figures.get(row))]);
  printTable(
    `The jobs database with ${docs.toLocaleString('en')} jobs`,
    ['', ...columns.map(({ name }) => name)],
    rows,
  );
}

async function measureDatabase(open, docs) {
  const figures = new Map();
  let server = await open();
  try {
    figures.set('start, empty, s', seconds(server.startMs));
    const connection = new HttpConnection(server.url);
    await connection.request('PUT', '/jobs', JSON_BODY, JSON.stringify(JOBS_INDEX));
    await load(server.url, docs, figures);
    await connection.request('POST', '/jobs/_refresh');
    await writes(server.url, docs, figures);
    await visibility(connection, docs, figures);
    await connection.request('POST', '/jobs/_flush');
    await connection.request('POST', '/jobs/_refresh');
    await reads(connection, docs, figures);
    await besideLongSearches(server.url, docs, figures);
    connection.close();
    figures.set('resident memory, MB', server.residentMb());
    figures.set('on disk, MB', server.diskMb());
    server = await server.restart();
    figures.set('start with these jobs, s', seconds(server.startMs));
    figures.set('resident memory after that, MB', await settledMb(server));
  } finally {
    await server.stop();
  }
  return figures;
}

/** Resident memory once what is read after a start has been read: when it has hardly changed for some seconds. */
async function settledMb(server) {
  let settled = server.residentMb();
  for (let unchanged = 0, tries = 0; unchanged < SETTLED_SECONDS && tries < MAX_SETTLE_SECONDS; tries++) {
    await setTimeout(1000);
    const now = server.residentMb();
    unchanged = Math.abs(now - settled) <= settled / 100 ? unchanged + 1 : 0;
    settled = now;
  }
  return settled;
}

async function load(url, docs, figures) {
  let next = 0;
  const began = performance.now();
  await each(url, LOADERS, async (connection) => {
    while (next < docs) {
      const from = next;
      next = Math.min(docs, from + BULK_DOCS);
      await connection.request(
        'POST',
        '/jobs/_bulk',
        { 'content-type': 'application/x-ndjson' },
        bulkBody(from, next, docs),
      );
    }
  });
  figures.set('bulk, docs/s', Math.round((docs / (performance.now() - began)) * 1000));
}

/** Durable single writes: each is on disk when it is answered. */
async function writes(url, docs, figures) {
  let fresh = docs;
  const kinds = {
    index: () => {
      const n = fresh++;
      return ['PUT', `/jobs/_doc/${jobId(n)}`, JSON.stringify(jobDocument(n % docs, docs))];
    },
    update: (n) => {
      const id = jobId((Math.imul(n, 0x9e3779b1) >>> 0) % docs);
      return [
        'POST',
        `/jobs/_update/${id}`,
        JSON.stringify({ doc: { status: 'running', progress: n % 100, step: `step-${n % 9}` } }),
      ];
    },
  };
  for (const [name, make] of Object.entries(kinds)) {
    let done = 0;
    const perSecond = async (clients, count) => {
      const end = done + count;
      const began = performance.now();
      await each(url, clients, async (connection) => {
        while (done < end) {
          const [method, path, body] = make(done++);
          await connection.request(method, path, JSON_BODY, body);
        }
      });
      return Math.round((count / (performance.now() - began)) * 1000);
    };
    await perSecond(WRITE_WARM_UP.clients, WRITE_WARM_UP.writes);
    for (const [clients, count] of WRITES) {
      figures.set(`${name}/s, ${clients} ${clients === 1 ? 'client' : 'clients'}`, await perSecond(clients, count));
    }
  }
}

/** A write without `refresh`, then counts until one sees it. */
async function visibility(connection, docs, figures) {
  const { each: times } = await measure(VISIBLE_WRITES, 1, async (n) => {
    const marker = `seen-${n}`;
    await connection.request(
      'POST',
      `/jobs/_update/${jobId(n % docs)}`,
      JSON_BODY,
      JSON.stringify({ doc: { worker: marker } }),
    );
    for (const deadline = performance.now() + 10_000; performance.now() < deadline; ) {
      const answer = await connection.request(
        'POST',
        '/jobs/_count',
        JSON_BODY,
        JSON.stringify({ query: { term: { worker: marker } } }),
      );
      if (JSON.parse(answer).count === 1) return;
    }
    throw new Error(`${marker} was never found`);
  });
  figures.set('write → seen by a search, p50 ms', percentile(times, 50).toFixed(1));
}

async function reads(connection, docs, figures) {
  const search = (body) => connection.request('POST', '/jobs/_search', JSON_BODY, JSON.stringify(body));
  for (const [name, make] of Object.entries(SEARCHES)) await time(figures, name, (n) => search(make(n)));
  for (const [name, make] of Object.entries(AGGREGATIONS))
    await time(figures, name, (n) => search({ size: 0, ...make(n) }));
  await time(figures, 'count of a user', (n) =>
    connection.request('POST', '/jobs/_count', JSON_BODY, JSON.stringify(countOfUser(n))),
  );
  await scroll(connection, figures);
  await time(figures, 'get by id', (n) => connection.request('GET', `/jobs/_doc/${jobId((n * 7919) % docs)}`));
}

/** As whoever copies an index reads it. */
async function scroll(connection, figures) {
  let answer = await connection.request(
    'POST',
    '/jobs/_search?scroll=1m',
    JSON_BODY,
    JSON.stringify({ size: SCROLL_DOCS, sort: ['_doc'] }),
  );
  const next = async () => {
    const [, id] = /"_scroll_id":"([^"]+)"/.exec(answer);
    answer = await connection.request(
      'POST',
      '/_search/scroll',
      JSON_BODY,
      JSON.stringify({ scroll: '1m', scroll_id: id }),
    );
  };
  await measure(SCROLL_PAGES, 1, next);
  const { each: times } = await measure(SCROLL_PAGES, 1, next);
  figures.set(`next ${SCROLL_DOCS.toLocaleString('en')} of a scroll, p50 / p99 ms`, percentiles(times));
}

/** What short requests wait while long searches run all the time. */
async function besideLongSearches(url, docs, figures) {
  let isOver = false;
  const searching = each(url, LONG_SEARCHES, async (connection) => {
    for (let n = 0; !isOver; n++) {
      await connection.request('POST', '/jobs/_search', JSON_BODY, JSON.stringify({ size: 0, ...longSearch(n) }));
    }
  });
  const connection = new HttpConnection(url);
  const calls = {
    'index beside long searches': (n) =>
      connection.request('PUT', `/jobs/_doc/beside-${n}`, JSON_BODY, JSON.stringify(jobDocument(n % docs, docs))),
    'health beside long searches': () => connection.request('GET', '/_cluster/health'),
  };
  for (const [name, call] of Object.entries(calls)) {
    const times = await warmTimes(call);
    const figure = [50, 99, 100].map((percent) => percentile(times, percent).toFixed(1)).join(' / ');
    figures.set(`${name}, p50 / p99 / max ms`, figure);
  }
  connection.close();
  isOver = true;
  await searching;
}

async function time(figures, name, call) {
  figures.set(`${name}, p50 / p99 ms`, percentiles(await warmTimes(call)));
}

/** How long each call takes, in milliseconds, once it has been made often. */
async function warmTimes(call) {
  let done = 0;
  const end = performance.now() + WARM_UP.seconds * 1000;
  while (done < WARM_UP.calls && (done < WARM_UP.leastCalls || performance.now() < end)) await call(done++);
  const { each: times } = await measure(CALLS, 1, (n) => call(n + done));
  return times;
}

function percentiles(times) {
  return [50, 99].map((percent) => percentile(times, percent).toFixed(2)).join(' / ');
}

/** Runs `run` on so many connections at once. */
async function each(url, clients, run) {
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = new HttpConnection(url);
      await run(connection);
      connection.close();
    }),
  );
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}

if (import.meta.main ?? process.argv[1]?.endsWith('database.mjs')) {
  const { values } = parseArgs({
    options: {
      docs: { type: 'string', default: '200000' },
      engines: { type: 'string', default: Object.keys(DATABASES).join(',') },
    },
  });
  console.log(machine());
  await database({ docs: Number(values.docs), engines: values.engines.split(',') });
}
