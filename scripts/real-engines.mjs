import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START_LIMIT_MS = 10 * 60_000;

/**
 * Starts a real engine (`elasticsearch` or `opensearch`) on a free loopback port, with an empty data folder unless one is named, and waits
 * until it is healthy. `end` stops it; `stop` removes the folder too.
 */
export async function startEngine(name, folder = emptyFolder(name)) {
  const port = await freePort();
  const log = join(folder, 'output.log');
  const output = openSync(log, 'w');
  console.log(`Starting a real ${name} …`);
  const child = spawn(join(root, 'tests/engines/start.sh'), [name, String(port), join(folder, 'node')], {
    stdio: ['ignore', output, output],
    env: { ...process.env, HEAP: process.env.HEAP ?? '1g' },
  });
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 'a signal')));
  const url = `http://127.0.0.1:${port}`;
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isHealthy(url))) {
    const code = await Promise.race([ended, delay(500)]);
    if (code !== undefined || Date.now() > deadline) {
      const tail = readFileSync(log, 'utf8').slice(-3000);
      await stop();
      throw new Error(`${name} did not start (${code ?? 'no answer in time'}):\n${tail}`);
    }
  }
  return { url, pid: child.pid, folder, end, stop };
}

function emptyFolder(name) {
  const folder = `/var/tmp/daybook-${name}-${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function isHealthy(url) {
  try {
    return (await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`)).ok;
  } catch {
    return false;
  }
}
