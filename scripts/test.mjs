// Runs the tests and ends with a line "N passed, N failed". Without arguments: everything but the long loops and the real engines.
//   --long      the long loops, and CWL documents of others by the warm way and by cwltool itself
//   --engines   clients that have to be downloaded; Elasticsearch's own REST API suites on the embedded engine; the acceptance tests on a
//               real Elasticsearch and a real OpenSearch, and on an SNS and SQS that is not ours
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startIndependentBus } from './independent-bus.mjs';
import { installPythonPackages } from './python-packages.mjs';
import { startEngine } from './real-engines.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reports = mkdtempSync(join(tmpdir(), 'daybook-reports-'));
const python = join(root, '.venv/bin/python');
const pythonPackage = join(root, 'packages/cwltool/python');
const databaseTests = ['--config', 'tests/vitest.database.config.ts'];
/** Clients whose tools or packages are fetched for the test alone. */
const downloadedClients = 'tests/clients/downloaded';
/** `failures` names what failed, so that the end of a long output says it. */
const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };

function run(command, args, env = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status;
}

/** Adds the failures of a run; one that ended badly without a failed test counts as one failure. */
function addFailures(name, status, failures) {
  const all = status !== 0 && failures.length === 0 ? [`ended with ${status}, though no test failed`] : failures;
  totals.failed += all.length;
  totals.failures.push(...all.map((failure) => `${name}: ${failure}`));
}

/** Runs one vitest project and adds its counts. */
function vitest(name, args, env) {
  console.log(`\n— ${name} —`);
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`);
  const status = run(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    env,
  );
  let failures = [];
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    totals.passed += counts.numPassedTests;
    totals.skipped += counts.numPendingTests + counts.numTodoTests;
    failures = counts.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter((each) => each.status === 'failed').map(({ fullName }) => fullName),
    );
  } catch {
    console.error(`${name}: no report was written`);
  }
  addFailures(name, status, failures);
}

/** The tests of the Python package, or some of them. */
function pytest(name, args = [], env = {}) {
  console.log(`\n— ${name} —`);
  const report = join(reports, 'pytest.xml');
  const status = run(
    join(root, '.venv/bin/python'),
    ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${report}`, ...args, pythonPackage],
    { PYTHONPATH: pythonPackage, ...env },
  );
  let suite = '';
  try {
    suite = readFileSync(report, 'utf8');
  } catch {
    console.error('pytest wrote no report');
  }
  const count = (attribute) => Number(new RegExp(`<testsuite [^>]*\\b${attribute}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failures = [...suite.matchAll(/<testcase [^>]*\bname="([^"]*)"[^>]*><(?:failure|error)\b/g)].map(
    (match) => match[1],
  );
  addFailures(name, status, failures);
  totals.skipped += count('skipped');
  totals.passed += count('tests') - failures.length - count('skipped');
}

/** A command that checks the tree; its success counts as one passed test. */
function check(name, command, args) {
  console.log(`\n— ${name} —`);
  const status = run(command, args);
  if (status === 0) totals.passed += 1;
  else addFailures(name, status, ['see above']);
}

/** mypy has left Python 3.9. */
function hasModule(name) {
  return spawnSync(python, ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0;
}

function everything() {
  check('types', 'npx', ['tsc', '-p', 'tsconfig.tests.json']);
  check('lint and format', 'npx', ['biome', 'check', '.']);
  check('dead code', 'npx', ['knip']);
  if (hasModule('mypy'))
    check('Python types', python, [
      '-m',
      'mypy',
      '--config-file',
      join(pythonPackage, 'pyproject.toml'),
      pythonPackage,
    ]);
  vitest('unit tests', []);
  pytest('Python package');
  installPythonPackages('clients');
  vitest('tests of the bus', ['--config', 'tests/vitest.bus.config.ts']);
  vitest('acceptance tests', ['--config', 'tests/vitest.acceptance.config.ts']);
  vitest('the jobs database from outside', [...databaseTests, '--exclude', `${downloadedClients}/**`]);
}

/** What goes through topic and queues. The rest of the acceptance tests does not know which bus there is. */
const BUS_TESTS = ['updates', 'dead-letters', 'lambda', 'execute', 'dismiss', 'failure', 'restart'];

async function independentBus() {
  installPythonPackages('clients');
  const bus = await startIndependentBus('ministack');
  try {
    const files = BUS_TESTS.map((name) => `tests/acceptance/${name}.test.ts`);
    const args = ['--config', 'tests/vitest.acceptance.config.ts', ...files];
    vitest('acceptance tests on ministack', args, { DAYBOOK_TEST_BUS_URL: bus.url });
  } finally {
    await bus.stop();
  }
}

/** What runs in jobs, whatever database they are kept in. */
const WITHOUT_DATABASE = [
  'containers',
  's3-inputs',
  'outputs-in-s3',
  'real-containers',
  'ogc-html',
  'ogc-schemathesis',
];

async function engines() {
  vitest('clients that are downloaded', [...databaseTests, downloadedClients]);
  await independentBus();
  const missing = ['java', 'mvn'].filter(
    (command) => spawnSync(command, ['-version'], { stdio: 'ignore' }).status !== 0,
  );
  if (missing.length > 0) {
    console.log(
      `Skipped: the real engines need ${missing.join(' and ')} (Debian: apt-get install openjdk-17-jre-headless maven).`,
    );
    return;
  }
  installPythonPackages('clients');
  vitest('REST API suites of Elasticsearch', ['--config', 'tests/vitest.rest-api-spec.config.ts']);
  for (const name of ['elasticsearch', 'opensearch']) {
    const engine = await startEngine(name);
    try {
      const env = { DAYBOOK_TEST_ENGINE: name, DAYBOOK_TEST_DATABASE_URL: engine.url };
      vitest(`jobs database on ${name}`, ['packages/jobs-database'], env);
      const excluded = WITHOUT_DATABASE.flatMap((file) => ['--exclude', `tests/acceptance/${file}.test.ts`]);
      // Once more where it failed: a real engine on a busy machine is at times slower than any limit that a test should have.
      const args = ['--config', 'tests/vitest.acceptance.config.ts', '--retry=1', ...excluded];
      vitest(`acceptance tests on ${name}`, args, env);
      // The same sessions each time, so that a failure is the change's; `tests/differential/README.md` says how to draw others.
      if (name === 'elasticsearch')
        vitest('random sessions', [...databaseTests, 'tests/differential/live'], {
          DAYBOOK_TEST_SEED: '1',
          ...process.env,
          ...env,
        });
    } finally {
      await engine.stop();
    }
  }
}

function long() {
  pytest('CWL documents of others', ['-k', 'test_conformance'], { DAYBOOK_TEST_CONFORMANCE: 'all' });
  vitest('long loops', ['--config', 'tests/vitest.long.config.ts']);
}

if (process.argv.includes('--long')) long();
else if (process.argv.includes('--engines')) await engines();
else everything();

rmSync(reports, { recursive: true });
const line = `${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`;
if (process.env.DAYBOOK_TEST_TOTALS) {
  mkdirSync(dirname(process.env.DAYBOOK_TEST_TOTALS), { recursive: true });
  appendFileSync(process.env.DAYBOOK_TEST_TOTALS, `${JSON.stringify(totals)}\n`);
}
if (totals.failures.length > 0)
  console.log(`\nFailed:\n${totals.failures.map((failure) => `  ${failure}`).join('\n')}`);
console.log(`\n${line}`);
process.exitCode = totals.failed > 0 ? 1 : 0;
