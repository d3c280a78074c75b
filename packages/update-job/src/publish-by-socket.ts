import { closeSync, openSync } from 'node:fs';
import { createConnection } from 'node:net';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Published } from './publish.ts';

/** A socket's address has room for so many bytes (unix(7)). */
const MAX_ADDRESS_BYTES = 107;
const WAIT_MS = 200;
/** An answer is one short line. */
const MAX_ANSWER_CHARACTERS = 4096;

/**
 * Gives an update to the worker that runs this job in a sandbox, which publishes it in the job's name. Tried again within
 * the limit, unless it is refused for good. Never throws.
 */
export async function publishBySocket(text: string, path: string, timeoutMs: number): Promise<Published> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const tried = await tryOnce(text, path, deadline - Date.now());
    if (tried.published || tried.final || Date.now() + WAIT_MS >= deadline) return tried;
    await delay(WAIT_MS);
  }
}

function tryOnce(text: string, path: string, timeoutMs: number): Promise<Published> {
  return new Promise((resolve) => {
    const fail = (reason: string): void => resolve({ published: false, final: false, reason: `${path}: ${reason}` });
    const { address, release } = addressOf(path);
    const socket = createConnection(address);
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(Math.max(1, timeoutMs), () => {
      fail(`no answer within ${timeoutMs} ms`);
      socket.destroy();
    });
    socket.on('data', (chunk: string) => {
      answer = (answer + chunk).slice(0, MAX_ANSWER_CHARACTERS);
      if (answer.includes('\n')) socket.end();
    });
    socket.once('error', (error) => fail(error.message));
    socket.once('close', () => {
      release();
      resolve(readAnswer(answer) ?? { published: false, final: false, reason: `${path}: the answer cannot be read` });
    });
    socket.write(`${text}\n`);
  });
}

/** A path that is too long is shortened by naming its directory by a descriptor. */
function addressOf(path: string): { readonly address: string; readonly release: () => void } {
  if (Buffer.byteLength(path) <= MAX_ADDRESS_BYTES) return { address: path, release: () => {} };
  try {
    const directory = openSync(dirname(path), 'r');
    return { address: `/proc/self/fd/${directory}/${basename(path)}`, release: () => closeSync(directory) };
  } catch {
    return { address: path, release: () => {} };
  }
}

function readAnswer(line: string): Published | undefined {
  try {
    const { published, final, reason } = JSON.parse(line) as Record<string, unknown>;
    if (published === true) return { published };
    return { published: false, final: final === true, reason: String(reason) };
  } catch {
    return undefined;
  }
}
