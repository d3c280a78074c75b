import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callSqs } from '../support/bus-wire.ts';
import { sharedDaybook } from '../support/daybook.ts';
import { root } from '../support/program.ts';
import { jobDocument } from '../support/wps-t.ts';

const run = promisify(execFile);
const { database, bus, dataDir } = sharedDaybook();
const folder = mkdtempSync(join(tmpdir(), 'daybook-lambda-'));
const QueueName = `lambda-dead-${Date.now()}`;
/** What the runtime of AWS Lambda does with the bundle and an event. */
const RUNTIME = `const { handler } = require(process.argv[1]);
handler(JSON.parse(process.argv[2])).then((answer) => { process.stdout.write('\\n' + JSON.stringify(answer)); process.exit(); });`;
let deadLetterQueueUrl: string;

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/build-lambda.mjs'), folder]);
  await run(join(root, '.venv/bin/python'), ['-m', 'zipfile', '-e', join(folder, 'job-ingest.zip'), folder]);
  deadLetterQueueUrl = String((await callSqs(bus, 'CreateQueue', { QueueName })).QueueUrl);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function record(messageId: string, body: string, group: string): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
      SequenceNumber: '18849496460467696128',
      MessageGroupId: group,
      MessageDeduplicationId: messageId,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:daybook-job-updates.fifo',
    awsRegion: 'us-east-1',
  };
}

async function invoke(event: SQSEvent, databaseUrl: string): Promise<SQSBatchResponse> {
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SQS: bus,
    JOBS_DATABASE_URL: databaseUrl,
    JOBS_DATABASE_AUTHORIZATION: `ApiKey ${readFileSync(join(dataDir, 'system-key'), 'utf8').trim()}`,
    DEAD_LETTER_QUEUE_URL: deadLetterQueueUrl,
  };
  const args = ['-e', RUNTIME, join(folder, 'index.cjs'), JSON.stringify(event)];
  const { stdout } = await run(process.execPath, args, { env, cwd: folder });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n')));
}

describe('the function of AWS Lambda, out of its archive', () => {
  it('brings updates into the jobs database, and what can never be one into the dead-letter queue', async () => {
    const id = crypto.randomUUID();
    const Message = JSON.stringify({ id, status: 'from lambda' });
    const MessageId = crypto.randomUUID();
    const envelope = { Type: 'Notification', MessageId, TopicArn: 'arn', Message, Timestamp: new Date().toISOString() };
    const answer = await invoke(
      { Records: [record('good', JSON.stringify(envelope), id), record('poison', 'this is no JSON', 'other')] },
      database,
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect((await jobDocument(database, id))?.status).toBe('from lambda');
    const request = { QueueUrl: deadLetterQueueUrl, MessageAttributeNames: ['All'] };
    const { Messages } = await callSqs(bus, 'ReceiveMessage', request);
    expect(Messages).toMatchObject([
      { Body: 'this is no JSON', MessageAttributes: { reason: { DataType: 'String' } } },
    ]);
  });

  it('says which updates must come again while the jobs database is away', async () => {
    const id = crypto.randomUUID();
    const answer = await invoke(
      { Records: [record('later', JSON.stringify({ id, status: 'running' }), id)] },
      'http://127.0.0.1:1',
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'later' }] });
  });
});
