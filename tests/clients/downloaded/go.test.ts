import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../../support/database.ts';
import { root } from '../../support/program.ts';
import { runJourney } from '../support/run-journey.ts';

const hasGo = spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasGo) console.log('Skipped: the Go clients need go (Debian: apt-get install golang-go).');

const downloaded = join(root, 'tests/clients/downloaded');
let database: Database;
let folder: string;

beforeAll(async () => {
  database = await startDatabase();
  folder = mkdtempSync(join(tmpdir(), 'daybook-go-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.stop();
});

test.runIf(hasGo).each([
  { module: 'go-elasticsearch', steps: 12 },
  { module: 'go-elasticsearch-8', journey: 'go-elasticsearch', version: 'v8', steps: 12 },
  { module: 'go-opensearch', steps: 11 },
])(
  'the client of $module makes its whole journey',
  async ({ module, journey = module, version = 'v7', steps: expected }) => {
    const source = join(folder, module);
    cpSync(join(downloaded, module), source, { recursive: true });
    const program = readFileSync(join(downloaded, journey, 'main.go'), 'utf8');
    writeFileSync(join(source, 'main.go'), program.replaceAll('go-elasticsearch/v7', `go-elasticsearch/${version}`));
    // Without optimisations: the typed requests of the newest client take minutes to compile.
    const built = spawnSync('go', ['build', '-gcflags=all=-N -l', '-o', 'journey', '.'], {
      cwd: source,
      encoding: 'utf8',
    });
    expect(built.status, built.stderr).toBe(0);
    const steps = await runJourney(join(source, 'journey'), [database.url, module]);
    expect(steps.filter((step) => step.problem !== null)).toEqual([]);
    expect(steps).toHaveLength(expected);
  },
  900_000,
);
