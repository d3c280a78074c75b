import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const startLimitMs = 60_000;

/** Starts `daybook database` on a free port and an empty folder, as the version that the suite is of. */
export function startDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'daybook-rest-api-spec-'));
  const flags = ['--data-dir', dataDir, '--database-port', '0', '--database-version', '7.10.2'];
  const child = spawn(process.execPath, [join(root, 'packages/server/bin/daybook.js'), 'database', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`The database ${why}:\n${output}`));
    };
    const timer = setTimeout(() => fail('was not ready in time'), startLimitMs);
    const onData = (chunk: Buffer): void => {
      output = `${output}${chunk}`.slice(-20_000);
      const url = /^\s*jobs database\s+(http\S+)/m.exec(output)?.[1];
      if (url === undefined || !/^\s*ready\b/m.test(output)) return;
      clearTimeout(timer);
      resolve({ url, stop });
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', (code) => fail(`ended with ${code}`));
  });
}
