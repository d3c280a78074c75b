import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const python = join(root, '.venv/bin/python');

/**
 * Lays out Python packages of a list, `clients` or `servers` (tests/python-clients.json, tests/python-servers.json), each with its
 * dependencies in a folder of its own, since some need other versions of the same: all of
 * the list unless names are given. Gives the folders by their names.
 */
export function installPythonPackages(list, names) {
  const wanted = JSON.parse(readFileSync(join(root, `tests/python-${list}.json`), 'utf8'));
  const entries = (names ?? Object.keys(wanted)).map((name) => [name, layOut(name, wanted[name])]);
  return Object.fromEntries(entries);
}

function layOut(name, packages) {
  const folder = join(root, '.setup/python', name);
  const stamp = join(folder, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join(' ')) return folder;
  console.log(`Installing Python's ${packages.join(', ')} …`);
  rmSync(folder, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder, ...packages];
  if (spawnSync(python, args, { stdio: 'inherit' }).status !== 0)
    throw new Error(`pip could not install ${packages.join(', ')}`);
  writeFileSync(stamp, packages.join(' '));
  return folder;
}
