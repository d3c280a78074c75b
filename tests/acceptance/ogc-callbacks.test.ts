import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { shellTool, startDocument } from '../support/inline-process.ts';
import { schemaFaults } from '../support/ogc-schemas.ts';
import { eventually } from '../support/wait.ts';
import { call, type Json, verdictOf } from '../support/wps-t.ts';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Json;
  readonly text: string;
}

const secret = 'of sixteen characters';
let folder: string;
let receiver: Server;
let url: string;
let daybook: Daybook;
const received: Received[] = [];
/** What the receiver answers to what comes; default 202. */
let answers: number[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'daybook-callbacks-'));
  writeFileSync(join(folder, 'secret'), `${secret}\n`);
  receiver = createServer(async (request, response) => {
    const body = await text(request);
    received.push({ path: request.url!, headers: request.headers, body: JSON.parse(body), text: body });
    response.writeHead(answers.shift() ?? 202).end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  daybook = await start();
});
afterAll(async () => {
  await daybook.stop();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = () =>
  startOnTarget({ dataDir: join(folder, 'data'), flags: ['--callback-secret-file', join(folder, 'secret')] });

const uris = (name: string) => ({
  successUri: `${url}/${name}/success?token=t0k3n`,
  failedUri: `${url}/${name}/failed`,
  inProgressUri: `${url}/${name}/begun`,
});

async function submit(name: string, inputs: Json): Promise<string> {
  const body = { inputs, subscriber: uris(name), response: 'document' };
  const answer = await call('POST', `${daybook.ades}/processes/echo/execution`, body, { prefer: 'respond-async' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.jobID;
}

/** What a server that was killed had taken is free again after half a minute. */
const told = (name: string, what: string): Promise<Received> =>
  eventually(
    `the subscriber to be told: ${what}`,
    async () => received.find(({ path }) => path.startsWith(`/${name}/${what}`)),
    50,
  );

const subscriptionTold = (id: string): Promise<Json> =>
  eventually('the subscription to be done with', async () => {
    const { body } = await call('GET', `${daybook.database}/subscriptions/_doc/${id}`);
    return body._source?.told === true ? body : undefined;
  });

describe('a subscriber', () => {
  it('gets statusInfo when the job begins and the results document within a second of its end, signed', async () => {
    const id = await submit('one', { text: 'told', pause: 3, integers: [1, 2] });
    const begun = await told('one', 'begun');
    expect(schemaFaults('statusInfo', begun.body)).toEqual([]);
    expect(begun.body).toMatchObject({ jobID: id, status: 'running' });
    await verdictOf(daybook.database, id);
    const ended = Date.now();
    const { body, headers, text: sent } = await told('one', 'success?token=t0k3n');
    expect(Date.now() - ended).toBeLessThan(1_000);
    expect(body).toEqual({ text: 'told', pause: 3, integers: [1, 2] });
    expect(headers['daybook-event']).toBe('success');
    const signed = createHmac('sha256', secret).update(`${headers['daybook-timestamp']}.${sent}`).digest('hex');
    expect(headers['daybook-signature']).toBe(`sha256=${signed}`);
  });

  it('gets statusInfo of a job that failed, run by a worker', async () => {
    const process = await startDocument(daybook.ades, shellTool('exit 3'));
    const { processID } = (await call('GET', `${daybook.ades}/jobs/${process}`)).body;
    const body = { inputs: {}, subscriber: uris('failing') };
    await call('POST', `${daybook.ades}/processes/${processID}/execution`, body, { prefer: 'respond-async' });
    expect((await told('failing', 'failed')).body).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('3'),
    });
  });

  it('is told again until it answers, also by a server that was started anew', async () => {
    answers = [503, 503];
    const id = await submit('again', { text: 'again', pause: 2 });
    await daybook.kill();
    daybook = await start();
    // The server that ran the job died with it: another one says so two minutes later. A dismissal ends it now.
    expect((await call('DELETE', `${daybook.ades}/jobs/${id}`)).status).toBe(200);
    const { body } = await told('again', 'failed');
    expect(body).toMatchObject({ jobID: id, status: 'dismissed' });
    await subscriptionTold(id);
  });

  it('is told of the retry of its job, long after the job was told of', async () => {
    const id = await submit('retried', { text: 'retried', pause: 20 });
    await told('retried', 'begun');
    await call('DELETE', `${daybook.ades}/jobs/${id}`);
    await told('retried', 'failed');
    await subscriptionTold(id);
    const set = { inputs: { pause: 0 } };
    const operation = await call('POST', `${daybook.ades}/operations`, {
      action: 'retry',
      query: { term: { id } },
      set,
    });
    expect(operation.status, JSON.stringify(operation.body)).toBe(202);
    const { body, headers } = await told('retried', 'success?token=t0k3n');
    expect(body).toMatchObject({ text: 'retried', pause: 0 });
    const { body: old } = await call('GET', `${daybook.database}/jobs/_doc/${id}`);
    expect(headers['daybook-job']).toBe(old._source['superseded-by']);
    expect(received.filter(({ path }) => path.startsWith('/retried/')).map(({ path }) => path)).toHaveLength(3);
  });

  it('is named where nobody can read it, and nobody else can write it', async () => {
    const id = await submit('hidden', { text: 'a', pause: 20 });
    for (const index of ['jobs', 'job-updates', 'subscriptions']) {
      await call('POST', `${daybook.database}/${index}/_refresh`);
      const { body } = await call('GET', `${daybook.database}/${index}/_search?q=id:%22${id}%22`);
      expect(JSON.stringify(body), index).toContain(id);
      expect(JSON.stringify(body), index).not.toMatch(/t0k3n|\/hidden\//);
    }
    if (inject('target').engine === 'embedded') {
      const written = await call('PUT', `${daybook.database}/subscriptions/_doc/${id}`, {});
      expect(written.status).toBe(403);
    }
    await call('DELETE', `${daybook.ades}/jobs/${id}`);
  });
});
