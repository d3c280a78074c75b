import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let received: { authorization: string | undefined; body: string }[];
let answers: number[];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk;
  });
  request.on('end', () => {
    received.push({ authorization: request.headers.authorization, body });
    response.writeHead(answers.shift() ?? 200).end('{"reason":"so it is"}');
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/updates`;
});
beforeEach(() => {
  received = [];
  answers = [];
});
afterAll(() => server.close());

async function program(more: Record<string, string> = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const exitCode = await run({
    argv: ['--job_id', 'job-1', '--job_status', 'gridding'],
    environment: {
      JOBS_DATA_SNS_TOPIC_ARN: 'arn:aws:sns:us-west-2:123456789012:jobs.fifo',
      DAYBOOK_UPDATE_URL: url,
      DAYBOOK_UPDATE_TOKEN: 'secret',
      ...more,
    },
    writeOut: (line) => out.push(line),
    writeError: (line) => errors.push(line),
    timeoutMs: 3000,
  });
  return { exitCode, out, errors: errors.join('\n') };
}

describe("update-job at the worker's endpoint", () => {
  it('shows its token, where a socket is named that is not there too', async () => {
    const { exitCode, out, errors } = await program({ DAYBOOK_UPDATE_SOCKET: '/nonexistent/update.sock' });
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(received).toEqual([{ authorization: 'Bearer secret', body: out[0] }]);
    expect(JSON.parse(out[0]!)).toMatchObject({ id: 'job-1', kind: 'update', status: 'gridding' });
  });

  it('tries again with the same event when the worker cannot publish it now', async () => {
    answers = [503];
    expect(await program()).toMatchObject({ exitCode: 0, errors: '' });
    expect(received).toHaveLength(2);
    expect(received[0]).toEqual(received[1]);
  });

  it('gives in at once to a refusal, and lets the workflow go on', async () => {
    answers = [401];
    expect(await program()).toMatchObject({ exitCode: 0, out: [], errors: expect.stringContaining('so it is') });
    expect(received).toHaveLength(1);
  });
});
