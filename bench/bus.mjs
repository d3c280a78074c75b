import { readFileSync } from 'node:fs';
import { startIndependentBus } from '../scripts/independent-bus.mjs';
import { startBus } from './bus-servers.mjs';
import { HttpConnection } from './http-connection.mjs';
import { processorTime } from './processor-time.mjs';
import { measure, percentile, printTable } from './support.mjs';

const CLIENTS = [8, 64];
const SECONDS = 3;
const ROUND_TRIPS = 300;
const BODY = JSON.stringify({ id: 'x'.repeat(36), status: 'running', note: 'y'.repeat(400) });
const QUEUED = 100_000;
/** As long as a server is filled at most; its memory is scaled from what it took. */
const FILL_SECONDS = 30;
/** The servers beside ours, as the test runner lays them out. */
const PEERS = ['moto', 'ministack'];
const DEEP = 1_000_000;
const SENDERS = 16;

/** Publishes through a FIFO topic to a FIFO queue, receives and deletes, beside other servers; then a queue that is deep. */
export async function bus() {
  const columns = [{ name: 'Daybook', figures: await measureServer(() => startBus()) }];
  for (const name of PEERS) {
    try {
      columns.push({ name, figures: await measureServer(() => startIndependentBus(name)) });
    } catch (error) {
      console.log(`\n${name} is left out: ${error.message}`);
    }
  }
  const rows = [...columns[0].figures.keys()].map((row) => [row, ...columns.map(({ figures }) => figures.get(row))]);
  printTable(
    `The bus: messages of ${BODY.length} bytes, FIFO topic → FIFO queue (${PEERS.join(' and ')} keep them in memory alone)`,
    ['', ...columns.map(({ name }) => name)],
    rows,
  );
  await deepQueue();
}

async function measureServer(start) {
  const server = await start();
  const figures = new Map();
  try {
    for (const clients of CLIENTS) {
      const { publish, receive, close } = await openChannel(server.url, clients);
      const cpuBefore = processorTime(server.pid).own;
      const published = await during(SECONDS, clients, publish);
      const cpu = processorTime(server.pid).own - cpuBefore;
      figures.set(`publish/s, ${clients} clients`, perSecond(published));
      figures.set(`µs of the server's CPU a publish, ${clients} clients`, Math.round((cpu * 1000) / published.done));
      const cpuBetween = processorTime(server.pid).own;
      const received = await during(SECONDS, clients, receive);
      const receiveCpu = processorTime(server.pid).own - cpuBetween;
      figures.set(`receive and delete/s in batches, ${clients} clients`, perSecond(received));
      const receiveMicros = Math.round((receiveCpu * 1000) / received.done);
      figures.set(`µs of the server's CPU a message received and deleted, ${clients} clients`, receiveMicros);
      close();
    }
    const delays = await roundTrips(server.url);
    figures.set('publish → receive, p50 ms', percentile(delays, 50).toFixed(1));
    figures.set('publish → receive, p99 ms', percentile(delays, 99).toFixed(1));
    const before = residentMb(server.pid);
    const filler = await openFiller(server.url);
    const queued = await filler.fillTo(QUEUED, FILL_SECONDS);
    filler.close();
    const grownMb = Math.round(((residentMb(server.pid) - before) * QUEUED) / queued);
    figures.set(`MB of resident memory for each ${QUEUED} messages queued`, grownMb);
  } finally {
    await server.stop();
  }
  return figures;
}

/** A topic with a queue, and the calls of many clients on them, each over a connection of its own. */
async function openChannel(url, clients) {
  const connections = Array.from({ length: clients }, () => new HttpConnection(url));
  const [connection] = connections;
  const name = `bench-${clients}-${Date.now()}.fifo`;
  const attributes = { FifoQueue: 'true' };
  const { QueueUrl } = await callSqs(connection, 'CreateQueue', { QueueName: name, Attributes: attributes });
  const described = await callSqs(connection, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
  const created = await callSns(connection, 'CreateTopic', {
    Name: name,
    'Attributes.entry.1.key': 'FifoTopic',
    'Attributes.entry.1.value': 'true',
  });
  const TopicArn = /<TopicArn>(.*?)<\/TopicArn>/.exec(created)[1];
  const Endpoint = described.Attributes.QueueArn;
  await callSns(connection, 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint });
  let next = 0;
  return {
    async publish(client) {
      const id = String(next++);
      const message = { Message: BODY, MessageGroupId: `job-${id}`, MessageDeduplicationId: id };
      await callSns(connections[client], 'Publish', { TopicArn, ...message });
      return 1;
    },
    async receive(client, wait = 0) {
      const request = { QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: wait };
      const { Messages = [] } = await callSqs(connections[client], 'ReceiveMessage', request);
      if (Messages.length === 0) return undefined;
      const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await callSqs(connections[client], 'DeleteMessageBatch', { QueueUrl, Entries });
      return Messages.length;
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

/** One message at a time, with a receiver that waits for it: the time until that has received and deleted it. */
async function roundTrips(url) {
  const { publish, receive, close } = await openChannel(url, 2);
  const { each } = await measure(ROUND_TRIPS, 1, () => Promise.all([receive(0, 10), publish(1)]));
  close();
  return each;
}

/** A FIFO queue that is filled by many senders in batches. */
async function openFiller(url) {
  const connections = Array.from({ length: SENDERS }, () => new HttpConnection(url));
  const attributes = { FifoQueue: 'true' };
  const { QueueUrl } = await callSqs(connections[0], 'CreateQueue', { QueueName: 'deep.fifo', Attributes: attributes });
  let next = 0;
  async function send(connection, messages, deadline) {
    while (next < messages && performance.now() < deadline) {
      const Entries = Array.from({ length: 10 }, () => {
        const id = String(next++);
        return { Id: id, MessageBody: BODY, MessageGroupId: `job-${id}`, MessageDeduplicationId: id };
      });
      await callSqs(connection, 'SendMessageBatch', { QueueUrl, Entries });
    }
  }
  return {
    /** Fills up to that many messages, no longer than that, and gives how many there are. */
    async fillTo(messages, seconds = Infinity) {
      const deadline = performance.now() + seconds * 1000;
      await Promise.all(connections.map((connection) => send(connection, messages, deadline)));
      return next;
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}

async function deepQueue() {
  const server = await startBus();
  const { fillTo, close } = await openFiller(server.url);
  const empty = residentMb(server.pid);
  await fillTo(QUEUED);
  const queued = residentMb(server.pid);
  const fillBegan = performance.now();
  await fillTo(DEEP);
  const fillMs = performance.now() - fillBegan;
  const deep = residentMb(server.pid);
  close();
  await server.stop({ keep: true });

  const began = performance.now();
  const again = await startBus(server.dataDir);
  const seconds = (performance.now() - began) / 1000;
  const reopened = residentMb(again.pid);
  await again.stop();
  printTable(
    'A deep queue on Daybook',
    ['', ''],
    [
      ['resident memory with an empty queue', `${empty} MB`],
      [`with ${QUEUED} messages`, `${queued} MB`],
      [`with ${DEEP} messages`, `${deep} MB`],
      ['messages sent in batches of ten', `${perSecond({ done: DEEP - QUEUED, wallMs: fillMs })}/s`],
      [`start with ${DEEP} messages`, `${seconds.toFixed(1)} s`],
      ['resident memory after that start', `${reopened} MB`],
    ],
  );
}

/** Has each caller call `once` for a while; it gives how many messages it moved, or undefined when there are no more. */
async function during(seconds, callers, once) {
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() - began < seconds * 1000) {
        const moved = await once(caller);
        if (moved === undefined) return;
        done += moved;
      }
    }),
  );
  return { done, wallMs: performance.now() - began };
}

async function callSns(connection, action, parameters) {
  const fields = Object.entries({ Action: action, Version: '2010-03-31', ...parameters });
  const body = fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return await connection.post(headersOf('sns', 'application/x-www-form-urlencoded'), body);
}

async function callSqs(connection, action, input) {
  const headers = { ...headersOf('sqs', 'application/x-amz-json-1.0'), 'x-amz-target': `AmazonSQS.${action}` };
  return JSON.parse((await connection.post(headers, JSON.stringify(input))) || '{}');
}

/** No server checks signatures here; some read the service from the header. */
function headersOf(service, contentType) {
  const credential = `bench/20260101/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`;
  return { 'content-type': contentType, authorization };
}

function residentMb(pid) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))[1]) / 1024);
}

function perSecond({ done, wallMs }) {
  return Math.round((done * 1000) / wallMs);
}
