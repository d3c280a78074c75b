import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const maven = 'mvn';
const cache = join(dirname(fileURLToPath(import.meta.url)), '.cache');

/** The folder of a suite, by its Maven coordinates, with `api` and `test`; the first run has Maven fetch it. */
export function fetchSuite(artifact: string): string {
  const folder = join(cache, artifact.replaceAll(':', '-'));
  if (!existsSync(folder)) {
    const unpacked = join(cache, `unpacking-${process.pid}`);
    mkdirSync(unpacked, { recursive: true });
    const goal = ['-q', '-B', '-ntp', 'dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacked}`];
    // Maven notes where it is what it has unpacked, and unpacks it there only once.
    execFileSync(maven, goal, { cwd: unpacked, stdio: ['ignore', 'inherit', 'inherit'] });
    renameSync(join(unpacked, 'rest-api-spec'), folder);
    rmSync(unpacked, { recursive: true });
  }
  return folder;
}
