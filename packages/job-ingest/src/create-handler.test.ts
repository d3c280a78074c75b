import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DaybookError } from '@daybook/errors';
import { type JobUpdate, statusUpdate, verdict, verdictByReference } from '@daybook/jobs';
import type { UpdateOutcome } from '@daybook/jobs-database';
import type { SQSEvent, SQSHandler } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHandler } from './create-handler.ts';
import { createDeadLetter } from './dead-letter.ts';
import type { VerdictSource } from './load-verdict.ts';
import { memoryQueue } from './memory-queue.fixture.ts';
import type { QueueEvent } from './queue-event.ts';

function event(...bodies: string[]): QueueEvent {
  return {
    Records: bodies.map((body, i) => ({
      messageId: `m${i}`,
      receiptHandle: `r${i}`,
      body,
      attributes: { SentTimestamp: '1452758400000', MessageGroupId: 'j' },
    })),
  };
}

function setUp(
  outcome: (update: JobUpdate) => UpdateOutcome = () => ({ result: 'applied' }),
  verdicts?: VerdictSource,
) {
  const letters = memoryQueue();
  const applied: JobUpdate[] = [];
  const handler = createHandler({
    database: {
      async applyUpdates(updates) {
        applied.push(...updates);
        return updates.map(outcome);
      },
    },
    deadLetter: createDeadLetter({ sqs: letters.sqs, queueUrl: 'http://sqs/dead.fifo' }),
    ...(verdicts === undefined ? {} : { verdicts }),
  });
  return { handler, applied, letters };
}

const running = JSON.stringify(statusUpdate({ id: 'j', status: 'running' }));

describe('the handler', () => {
  it('takes the events of AWS Lambda', () => {
    const { handler } = setUp();
    const lambda: SQSHandler = (lambdaEvent: SQSEvent) => handler(lambdaEvent);
    expect(lambda).toBeTypeOf('function');
  });

  it('merges every record of a batch and acknowledges all', async () => {
    const { handler, applied } = setUp();
    expect(await handler(event(running, JSON.stringify({ id: 'k', status: 'running' })))).toEqual({
      batchItemFailures: [],
    });
    expect(applied.map(({ id }) => id)).toEqual(['j', 'k']);
  });

  it('acknowledges an empty batch', async () => {
    expect(await setUp().handler(event())).toEqual({ batchItemFailures: [] });
  });

  it('sends poison to the dead-letter queue with its reason, and the rest on', async () => {
    const { handler, applied, letters } = setUp();
    expect(await handler(event('{"id":', running))).toEqual({ batchItemFailures: [] });
    expect(applied).toHaveLength(1);
    expect(letters.sent).toEqual([
      {
        queueUrl: 'http://sqs/dead.fifo',
        body: '{"id":',
        attributes: { reason: { dataType: 'String', stringValue: 'The message is not JSON' } },
        groupId: 'j',
        deduplicationId: 'm0',
      },
    ]);
  });

  it('sends what the database refuses to the dead-letter queue', async () => {
    const { handler, letters } = setUp(() => ({ result: 'poison', reason: 'mapper: \u0000 \ud800' }));
    expect(await handler(event(running))).toEqual({ batchItemFailures: [] });
    expect(letters.sent[0]?.attributes?.reason?.stringValue).toBe('mapper: ? ?');
  });

  it('asks for just the records that could not be written', async () => {
    const { handler } = setUp((update) =>
      update.id === 'j' ? { result: 'unavailable', reason: 'away' } : { result: 'unchanged' },
    );
    expect(await handler(event('{"id":"k"}', running))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  });

  it('asks for poison again while the dead-letter queue is away', async () => {
    const { handler, letters } = setUp();
    letters.away = true;
    expect(await handler(event('poison', running))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  });

  it('asks for all again when the database throws', async () => {
    const { handler } = setUp(() => {
      throw new DaybookError('internal', 'broken');
    });
    expect((await handler(event(running, running))).batchItemFailures).toHaveLength(2);
  });

  it('shortens a poisonous body so that it fits with its reason', async () => {
    const { handler, letters } = setUp();
    await handler(event('é'.repeat(131_072)));
    expect(Buffer.byteLength(letters.sent[0]!.body)).toBeLessThanOrEqual(254 * 1024);
  });
});

describe('a verdict by reference', () => {
  const whole = verdict({ id: 'j', attempt: 1, status: 'failed', error: 'x'.repeat(300_000), 'exit-code': 1 });
  const stored = JSON.stringify(whole);
  const sha256 = createHash('sha256').update(stored).digest('hex');
  let folder: string;
  let store: string;
  let url: string;
  let answer: { status: number; body: string } = { status: 200, body: stored };
  const server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ingest-'));
    store = join(folder, 'store ä');
    await mkdir(store);
    await writeFile(join(store, 'v.json'), stored);
    await writeFile(join(folder, 'secret.json'), stored);
    await symlink(join(folder, 'secret.json'), join(store, 'link.json'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/outputs`;
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  const deliver = async (location: string, digest: string = sha256, update = whole) => {
    const s3: VerdictSource['s3'] = {
      async getObject({ bucket, key }) {
        if (bucket === 'closed') throw new DaybookError('forbidden', 's3 GetObject: Access Denied');
        if (`${bucket}/${key}` !== 'b/of jobs/v.json') {
          throw new DaybookError('not-found', 's3 GetObject: no such key', { detail: { awsCode: 'NoSuchKey' } });
        }
        return { statusCode: 200, headers: {}, body: createReadStream(join(store, 'v.json')) };
      },
    };
    const urlPrefixes = [pathToFileURL(store).href, url, 's3://b/of%20jobs/', 's3://closed/'];
    const source = { urlPrefixes, s3, maxBytes: 400_000 };
    const { handler, applied, letters } = setUp(undefined, source);
    const message = JSON.stringify(verdictByReference(update, { url: location, sha256: digest }));
    const { batchItemFailures } = await handler(event(message));
    return { applied, again: batchItemFailures.length, reason: letters.sent[0]?.attributes?.reason?.stringValue };
  };

  it('is loaded from a file and merged whole', async () => {
    const { applied, again } = await deliver(pathToFileURL(join(store, 'v.json')).href);
    expect(again).toBe(0);
    expect(applied[0]).toMatchObject({ error: whole.error, 'exit-code': 1, attempt: 1 });
  });

  it('is loaded over HTTP and merged whole', async () => {
    expect((await deliver(`${url}/j/v.json`)).applied[0]?.error).toBe(whole.error);
  });

  it('is loaded from S3 and merged whole, and waits for rights that are missing', async () => {
    expect((await deliver('s3://b/of%20jobs/v.json')).applied[0]?.error).toBe(whole.error);
    expect((await deliver('s3://closed/v.json')).again).toBe(1);
    expect((await deliver('s3://b/of%20jobs/none.json')).reason).toContain('no such key');
  });

  it.each([
    ['a key of S3 outside the store', () => 's3://b/others/v.json'],
    ['a file outside the store', () => pathToFileURL(join(folder, 'secret.json')).href],
    ['a path that climbs out of the store', () => `${pathToFileURL(store).href}/../secret.json`],
    ['an encoded path that climbs out', () => `${pathToFileURL(store).href}/..%2fsecret.json`],
    ['a link that leads out of the store', () => pathToFileURL(join(store, 'link.json')).href],
    ['another host', () => 'http://192.0.2.1/outputs/v.json'],
    ['a path beside the prefix', () => `${url}-private/v.json`],
    ['text that is no URL', () => 'v.json'],
  ])('is poison for %s', async (_, location) => {
    const { applied, reason } = await deliver(location());
    expect(applied).toEqual([]);
    expect(reason).toContain('not in the output store');
  });

  it('is poison when the digest is of something else', async () => {
    expect((await deliver(`${url}/v.json`, 'ab'.repeat(32))).reason).toContain('digest');
  });

  it('is poison when it is another job’s', async () => {
    expect((await deliver(`${url}/v.json`, sha256, { ...whole, id: 'other' })).reason).toContain('"id"');
  });

  it('is poison when nothing is there', async () => {
    expect((await deliver(pathToFileURL(join(store, 'gone.json')).href)).reason).toContain('ENOENT');
    answer = { status: 404, body: '' };
    expect((await deliver(`${url}/v.json`)).reason).toContain('nothing');
  });

  it('is poison when it is too long', async () => {
    answer = { status: 200, body: 'x'.repeat(400_001) };
    expect((await deliver(`${url}/v.json`)).reason).toContain('longer');
  });

  it('comes again while the store is away', async () => {
    answer = { status: 503, body: '' };
    expect(await deliver(`${url}/v.json`)).toMatchObject({ again: 1, applied: [], reason: undefined });
  });
});
