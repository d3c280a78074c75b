import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../support/program.ts';
import { type AwsClient, AwsError, type Endpoint, pythonEnvironment, type Wire } from './aws-client.ts';

/** Calls that wait for their answers, by their ids. */
type Open = Map<number, { resolve: (answer: Wire) => void; reject: (error: Error) => void }>;

/** boto3, out of the folder where set-up laid it out; version 1.26 speaks the query protocol to SQS. */
export function openBoto3(endpoint: Endpoint, version: 'boto3' | 'boto3-query'): AwsClient {
  const folder = join(root, '.setup/python', version);
  const child = spawn(join(root, '.venv/bin/python'), [join(import.meta.dirname, 'boto3_calls.py')], {
    env: pythonEnvironment(endpoint, folder),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const open: Open = new Map();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => {
    for (const { reject } of open.values()) reject(new Error(`the Python process of ${version} ended`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => settle(open, JSON.parse(line, reviveBytes)));
  let next = 0;
  return {
    call(service, action, input) {
      const id = next++;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, service, action, input }, replaceBytes)}\n`);
      });
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

function settle(open: Open, reply: Wire): void {
  const call = open.get(reply.id);
  open.delete(reply.id);
  if (reply.code === undefined) call?.resolve(reply.result);
  else call?.reject(new AwsError(reply.code, reply.message));
}

function replaceBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { $base64: Buffer.from(value).toString('base64') } : value;
}

function reviveBytes(_key: string, value: unknown): unknown {
  const base64 = (value as Wire | null)?.$base64;
  return typeof base64 === 'string' ? new Uint8Array(Buffer.from(base64, 'base64')) : value;
}
