import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';
import { installPythonPackages } from './python-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START_LIMIT_MS = 60_000;

/** How each server of tests/python-servers.json is started, which keep everything in memory. */
const SERVERS = {
  ministack: (port) => ({
    args: ['-m', 'ministack'],
    env: {
      GATEWAY_PORT: port,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      SERVICES: 'sns,sqs',
      LOG_LEVEL: 'ERROR',
    },
  }),
  moto: (port) => ({ args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', port], env: {} }),
};

/** Starts an SNS and SQS that is not ours (`ministack` or `moto`, which is an S3 too) on a free loopback port, and waits until it answers. */
export async function startIndependentBus(name) {
  const { [name]: packages } = installPythonPackages('servers', [name]);
  const port = String(await freePort());
  const folder = mkdtempSync(join(tmpdir(), `daybook-${name}-`));
  const { args, env } = SERVERS[name](port);
  const child = spawn(join(root, '.venv/bin/python'), args, {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...env, HOME: folder, TMPDIR: folder, PYTHONPATH: packages },
  });
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 'a signal')));
  const stop = async () => {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    const code = await Promise.race([ended, delay(200)]);
    if (code === undefined && Date.now() < deadline) continue;
    await stop();
    throw new Error(`${name} did not start (${code ?? 'no answer in time'})`);
  }
  return { url, pid: child.pid, stop };
}

async function answers(url) {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ListQueues' };
  try {
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).ok;
  } catch {
    return false;
  }
}
