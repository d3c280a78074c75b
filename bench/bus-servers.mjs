import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './support.mjs';

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
