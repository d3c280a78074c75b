import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifySignature } from '@daybook/aws-client';
import { parseMessage } from '@daybook/jobs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

const ARN = 'arn:aws:sns:us-west-2:123456789012:jobs.fifo';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

let received: Received[];
let answers: { status: number; body: string }[];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk;
  });
  request.on('end', () => {
    received.push({ request, body });
    const { status, body: answer } = answers.shift() ?? { status: 200, body: '<PublishResponse/>' };
    response.writeHead(status).end(answer);
  });
});
let endpoint: string;
let folder: string;

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => {
  received = [];
  answers = [];
  folder = mkdtempSync(join(tmpdir(), 'update-job-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => server.close());

async function program(argv: readonly string[], environment: Record<string, string> = KEYS, timeoutMs = 5_000) {
  const out: string[] = [];
  const errors: string[] = [];
  const exitCode = await run({
    argv,
    environment: { AWS_ENDPOINT_URL_SNS: endpoint, JOBS_DATA_SNS_TOPIC_ARN: ARN, ...environment },
    writeOut: (line) => out.push(line),
    writeError: (line) => errors.push(line),
    timeoutMs,
  });
  return { exitCode, out, errors: errors.join('\n') };
}

function published(): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(received.at(-1)!.body));
}

describe('the program update-job', () => {
  it('publishes what it was told, in the group of its job, and prints it as one line', async () => {
    const argv = [
      '--job_id',
      'j',
      '--job_status',
      'running',
      '--job_outputs',
      '{"o":"http://o"}',
      '--tags',
      '["x","é"]',
    ];
    const { exitCode, out, errors } = await program([...argv, '--progress', '40', '--message', 'half']);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const { Message, MessageDeduplicationId, ...rest } = published();
    expect(rest).toEqual({ Action: 'Publish', Version: '2010-03-31', TopicArn: ARN, MessageGroupId: 'j' });
    expect(out).toEqual([Message]);
    const parsed = parseMessage(Message!, { messageId: 'm', time: '2999-01-01T00:00:00Z' });
    expect('update' in parsed && parsed.update).toMatchObject({
      id: 'j',
      'event-id': MessageDeduplicationId,
      status: 'running',
      outputs: { o: 'http://o' },
      labels: ['x', 'é'],
      progress: 40,
      message: 'half',
    });
  });

  it('signs with the keys of the environment', async () => {
    await program(['j', '--job_status', 'running']);
    const { request, body } = received[0]!;
    const accessKeyId = verifySignature(
      { method: 'POST', url: endpoint, headers: request.headers as Record<string, string>, body },
      {
        region: 'us-west-2',
        services: ['sns'],
        keysOf: () => ({ accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' }),
      },
    );
    expect(accessKeyId).toBe('AKID');
    expect(request.headers['x-amz-security-token']).toBe('token');
  });

  it('does without keys on this machine', async () => {
    expect((await program(['j', '--job_status', 'running'], {})).exitCode).toBe(0);
    expect(received[0]?.request.headers.authorization).toBeUndefined();
  });

  it('sends no group to a topic that is not FIFO', async () => {
    await program(['j', '--topic_arn', ARN.replace('.fifo', '')]);
    expect(published()).not.toHaveProperty('MessageGroupId');
  });

  it('leaves out what is no JSON, says so, and still sends the status', async () => {
    const argv = [
      'j',
      '--job_status',
      'running',
      '--job_inputs',
      '{bad',
      '--tags',
      '{"no":"array"}',
      '--job_outputs',
      'gone.json',
    ];
    const { exitCode, out, errors } = await program(argv);
    expect(exitCode).toBe(0);
    const { 'event-id': _id, time: _time, ...sent } = JSON.parse(out[0]!);
    expect(sent).toEqual({ id: 'j', kind: 'update', status: 'running' });
    for (const name of ['--job_inputs', '--tags', '--job_outputs']) expect(errors).toContain(`${name} is left out`);
  });

  it('takes outputs from a file, as its oldest form did', async () => {
    const file = join(folder, 'outputs.json');
    writeFileSync(file, '{"o":["http://a","http://b"]}');
    const { out } = await program(['j', '--job_outputs', file, '--update_results']);
    expect(JSON.parse(out[0]!).outputs).toEqual({ o: ['http://a', 'http://b'] });
  });

  it('leaves out inputs that fit into no message', async () => {
    const inputs = JSON.stringify({ long: 'x'.repeat(300_000) });
    const { out, errors } = await program(['j', '--job_status', 'running', '--job_inputs', inputs]);
    expect(JSON.parse(out[0]!)).toMatchObject({ status: 'running' });
    expect(errors).toContain('"inputs" is left out');
  });

  it.each([
    [503, 'busy'],
    [429, 'slow'],
    [400, '<Error><Code>Throttling</Code></Error>'],
  ])('tries again with the same event after %i %s', async (status, body) => {
    answers = [{ status, body }];
    expect(await program(['j'])).toMatchObject({ exitCode: 0, errors: '' });
    expect(received).toHaveLength(2);
    expect(received[0]!.body).toBe(received[1]!.body);
  });

  it('gives in at once to a refusal, says why, and lets the workflow go on', async () => {
    answers = [{ status: 404, body: '<Error><Code>NotFound</Code><Message>Topic does not exist</Message></Error>' }];
    const { exitCode, out, errors } = await program(['j']);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: [] });
    expect(errors).toContain('not sent: the topic answered 404: Topic does not exist');
    expect(received).toHaveLength(1);
  });

  it('gives in after its limit when the bus is away, and lets the workflow go on', async () => {
    const { exitCode, out, errors } = await program(
      ['j'],
      { ...KEYS, AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1/' },
      700,
    );
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: [] });
    expect(errors).toContain('not sent: http://127.0.0.1:1/ cannot be reached');
  });

  it('leaves for the worker what it cannot send, but nothing that was refused', async () => {
    const environment = { ...KEYS, DAYBOOK_UPDATE_SPOOL: folder };
    answers = [{ status: 404, body: '<Error><Message>Topic does not exist</Message></Error>' }];
    expect((await program(['j'], environment)).exitCode).toBe(0);
    expect(readdirSync(folder)).toEqual([]);

    const away = { ...environment, AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1/' };
    const { exitCode, out, errors } = await program(['--job_id', 'j', '--job_status', 'gridding'], away, 300);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: [] });
    expect(errors).toContain('the worker sends it when the job has ended');
    const [name, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    const update = JSON.parse(readFileSync(join(folder, name!), 'utf8'));
    expect(update).toMatchObject({ id: 'j', kind: 'update', status: 'gridding' });
    expect(name).toBe(`${Date.parse(update.time)}-${update['event-id']}.json`);
  });

  it('ends with 2 and its usage for arguments that it does not understand', async () => {
    const { exitCode, errors } = await program(['j', '--colour', 'red']);
    expect(exitCode).toBe(2);
    expect(errors).toContain('the option --colour is unknown');
    expect(errors).toContain('usage:');
    expect(received).toEqual([]);
  });
});
