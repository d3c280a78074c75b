import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../../support/database.ts';
import { root } from '../../support/program.ts';
import { runJourney } from '../support/run-journey.ts';

const hasGo = spawnSync('go', ['version'], { stdio: 'ignore' }).status === 0;
if (!hasGo) console.log('Skipped: the Go clients need go (Debian: apt-get install golang-go).');

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
  { client: 'elasticsearch', steps: 12 },
  { client: 'opensearch', steps: 11 },
])(
  'the Go client of $client makes its whole journey',
  async ({ client, steps: expected }) => {
    const program = join(folder, client);
    const source = join(root, `tests/clients/downloaded/go-${client}`);
    const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: source, encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    const steps = await runJourney(program, [database.url, `go-${client}`]);
    expect(steps.filter((step) => step.problem !== null)).toEqual([]);
    expect(steps).toHaveLength(expected);
  },
  600_000,
);
