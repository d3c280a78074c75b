import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from './run.ts';

let folder: string;
let server: Server;
let lines: string[];
let answers: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'update-job-'));
  lines = [];
  answers = [];
  server = createServer((socket) => {
    socket.on('data', (chunk) => {
      lines.push(chunk.toString());
      const answer = answers.shift() ?? '{"published":true}\n';
      if (answer === '') socket.destroy();
      else socket.write(answer);
    });
  });
});
afterEach(async () => {
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

const listen = (path: string) => new Promise<void>((listening) => server.listen(path, listening));

async function program(socket: string, timeoutMs = 5_000) {
  const errors: string[] = [];
  const out: string[] = [];
  const exitCode = await run({
    argv: ['job-1', '--job_status', 'cut'],
    environment: { DAYBOOK_UPDATE_SOCKET: socket, JOBS_DATA_SNS_TOPIC_ARN: 'arn:aws:sns:us-east-1:0:jobs.fifo' },
    writeOut: (line) => out.push(line),
    writeError: (line) => errors.push(line),
    timeoutMs,
  });
  return { exitCode, out, errors: errors.join('\n') };
}

describe('the program update-job in a sandbox', () => {
  it('gives its update to the socket', async () => {
    const path = join(folder, 'update.sock');
    await listen(path);
    const { exitCode, out, errors } = await program(path);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(JSON.parse(lines[0]!)).toMatchObject({ id: 'job-1', kind: 'update', status: 'cut' });
    expect(`${out[0]}\n`).toBe(lines[0]);
  });

  it('tries again with the same event when the answer does not come', async () => {
    const path = join(folder, 'update.sock');
    await listen(path);
    answers = ['', '{"published":false,"final":false,"reason":"away"}\n'];
    expect(await program(path)).toMatchObject({ exitCode: 0, errors: '' });
    expect(new Set(lines).size).toBe(1);
    expect(lines).toHaveLength(3);
  });

  it('gives in at once to a refusal, and lets the workflow go on', async () => {
    const path = join(folder, 'update.sock');
    await listen(path);
    answers = ['{"published":false,"final":true,"reason":"no verdict"}\n'];
    expect(await program(path)).toMatchObject({ exitCode: 0, out: [], errors: expect.stringContaining('no verdict') });
    expect(lines).toHaveLength(1);
  });

  it('gives in after its limit where there is no socket', async () => {
    const path = join(folder, 'gone.sock');
    await listen(join(folder, 'other.sock'));
    expect(await program(path, 300)).toMatchObject({ exitCode: 0, errors: expect.stringContaining(path) });
  });

  it.skipIf(process.platform !== 'linux')('finds a socket whose path is longer than an address', async () => {
    const deep = join(folder, 'd'.repeat(120));
    mkdirSync(deep);
    await listen(join(folder, 'short.sock'));
    const { renameSync } = await import('node:fs');
    renameSync(join(folder, 'short.sock'), join(deep, 'update.sock'));
    expect(await program(join(deep, 'update.sock'))).toMatchObject({ exitCode: 0, errors: '' });
  });
});
