import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../scripts/real-engines.mjs';
import { root } from '../support.mjs';

/**
 * Ways to open a database, by name. Each gives `{url, startMs, residentMb(), diskMb(), restart(), stop()}`; `startMs` is the time until it
 * answered that it is ready, and `stop` removes what it stored.
 */
export const DATABASES = {
  daybook: () => openDaybook(mkdtempSync(join(tmpdir(), 'daybook-bench-'))),
  elasticsearch: () => openReal('elasticsearch'),
  opensearch: () => openReal('opensearch'),
};

async function openDaybook(folder) {
  const began = performance.now();
  const program = join(root, 'packages/server/bin/daybook.js');
  const child = spawn(process.execPath, [program, 'database', '--data-dir', folder, '--database-port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`the database ended with exit code ${code}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const found = /^\s*jobs database\s+(http\S+)/m.exec(output)?.[1];
      if (found !== undefined && /^\s*ready\b/m.test(output)) resolve(found);
    });
  });
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return {
    url,
    ...described(child.pid, folder, performance.now() - began),
    async restart() {
      await end();
      return openDaybook(folder);
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openReal(name, folder) {
  const began = performance.now();
  const engine = await startEngine(name, folder);
  return {
    url: engine.url,
    ...described(engine.pid, join(engine.folder, 'node'), performance.now() - began),
    async restart() {
      await engine.end();
      return openReal(name, engine.folder);
    },
    stop: engine.stop,
  };
}

function described(pid, folder, startMs) {
  return {
    startMs,
    residentMb: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024),
    diskMb: () => Number(/^\d+/.exec(spawnSync('du', ['-sm', folder], { encoding: 'utf8' }).stdout)[0]),
  };
}
