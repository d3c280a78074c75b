import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../../support/database.ts';
import { root } from '../../support/program.ts';
import { runJourney } from '../support/run-journey.ts';

const missing = ['javac', 'mvn'].filter(
  (command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).status !== 0,
);
if (missing.length > 0) {
  console.log(
    `Skipped: the Java clients need ${missing.join(' and ')} (Debian: apt-get install openjdk-17-jdk-headless maven).`,
  );
}

const source = join(root, 'tests/clients/downloaded/java');
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';
let database: Database;
let folder: string;

beforeAll(async () => {
  database = await startDatabase();
  folder = mkdtempSync(join(tmpdir(), 'daybook-java-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.stop();
});

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { cwd: source, encoding: 'utf8', timeout: 300_000 });
  expect(done.status, `${done.stdout}${done.stderr}`).toBe(0);
}

/** The client's packages, which are fetched once. */
function library(profile: string): string {
  const target = join(root, '.setup/java', profile);
  if (!existsSync(target)) run('mvn', ['-q', '-B', '-P', profile, copyDependencies, `-DoutputDirectory=${target}`]);
  return join(target, '*');
}

test.runIf(missing.length === 0).each([
  ['high-level', 'HighLevelJourney', 9],
  ['elasticsearch', 'ElasticsearchJourney', 11],
  ['opensearch', 'OpenSearchJourney', 11],
])(
  'the Java client of the profile %s makes its whole journey',
  async (profile, program, length) => {
    const classes = join(folder, profile);
    const path = library(profile);
    run('javac', ['-nowarn', '-d', classes, '-cp', path, 'Steps.java', `${program}.java`]);
    const steps = await runJourney('java', [
      '-cp',
      [classes, path].join(delimiter),
      program,
      database.url,
      `java-${profile}`,
    ]);
    expect(steps.filter((step) => step.problem !== null)).toEqual([]);
    expect(steps).toHaveLength(length);
  },
  600_000,
);
