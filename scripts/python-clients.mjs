import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Lays out the Python clients that the acceptance tests use, each with its dependencies in a folder of its own: two of them have one name. */
export function installPythonClients() {
  const clients = JSON.parse(readFileSync(join(root, 'tests/python-clients.json'), 'utf8'));
  for (const [name, packages] of Object.entries(clients)) {
    const folder = join(root, '.setup/python', name);
    const stamp = join(folder, '.installed');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join(' ')) continue;
    console.log(`Installing Python's ${packages.join(', ')} for the tests …`);
    rmSync(folder, { recursive: true, force: true });
    const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, ...packages];
    const done = spawnSync(join(root, '.venv/bin/python'), args, { stdio: 'inherit' });
    if (done.status !== 0) throw new Error(`pip could not install ${packages.join(', ')}`);
    writeFileSync(stamp, packages.join(' '));
  }
}
