import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './support.mjs';

const python = join(root, '.venv/bin/python');
const motoFolder = join(root, '.setup/python/moto');

/** Starts Daybook's bus alone on a free port, in a data directory of its own unless one is given. */
export async function startBus(dataDir = mkdtempSync(join(tmpdir(), 'daybook-bench-bus-'))) {
  const program = join(root, 'packages/server/bin/daybook.js');
  const flags = process.env.DAYBOOK_BENCH_NODE_FLAGS?.split(' ') ?? [];
  const server = spawn(process.execPath, [...flags, program, 'bus', '--data-dir', dataDir, '--bus-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let output = '';
    server.once('exit', (code) => reject(new Error(`the bus ended with exit code ${code}`)));
    server.stdout.on('data', (chunk) => {
      output += chunk;
      if (/^ready/m.test(output)) resolve(/^\s*bus\s+(http\S+)/m.exec(output)[1]);
    });
  });
  const stop = async ({ keep = false } = {}) => {
    server.kill('SIGTERM');
    await ended;
    if (!keep) rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, pid: server.pid, dataDir, stop };
}

/** Lays out moto for the comparison; false when that fails. */
export function installMoto() {
  if (existsSync(join(motoFolder, 'moto'))) return true;
  if (!existsSync(python)) return false;
  console.log('Installing moto for the comparison …');
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--target',
    motoFolder,
    'moto[server]',
  ];
  return spawnSync(python, args, { stdio: 'inherit' }).status === 0;
}

/** Starts moto on a free port; it keeps everything in memory. */
export async function startMoto() {
  const port = await freePort();
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, PYTHONPATH: motoFolder },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok) return { url, pid: server.pid, stop };
    await delay(100);
  }
  await stop();
  throw new Error('moto did not start');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
