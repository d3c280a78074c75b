// Makes a fresh clone ready to run: npm packages, build, Python environment. Each step is skipped when what it made is current.
// With --tests, what the tests need is there too. Uses Node's own modules only, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, '.setup');
const venv = join(root, '.venv');
const forTests = process.argv.includes('--tests');

/** Runs a command in the project's folder; its output is shown only when it fails. */
function run(command, args, { failure }) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error ? `${done.error.message}\n` : ''}`);
  console.error(failure);
  process.exit(1);
}

/** Does `make` unless the stamp `name` says that it was done for the same inputs. */
function once(name, inputs, isThere, make) {
  const digest = createHash('sha256').update(inputs.join('\0')).digest('hex');
  const stamp = join(stamps, name);
  if (isThere() && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  rmSync(stamp, { force: true });
  if (make() === false) return;
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, digest);
}

function text(...path) {
  return readFileSync(join(root, ...path), 'utf8');
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Daybook needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function installPackages() {
  once(
    'packages',
    [text('package-lock.json'), process.version],
    () => existsSync(join(root, 'node_modules')),
    () => {
      console.log('Installing npm packages …');
      run('npm', ['ci', '--no-audit', '--no-fund'], { failure: 'npm ci failed: see above.' });
    },
  );
}

function build() {
  if (!existsSync(join(root, 'packages/server/dist/main.js'))) console.log('Building …');
  run('npm', ['run', '--silent', 'build'], { failure: 'The build failed: see above.' });
}

/** The first Python that is new enough and can make virtual environments, and its version. */
function findPython() {
  const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', 'python'];
  const probe =
    'import sys, venv, ensurepip; print(*sys.version_info[:3], sep="."); sys.exit(sys.version_info < (3, 9))';
  for (const command of candidates) {
    const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8' });
    if (status === 0) return { command, version: stdout.trim() };
  }
  return undefined;
}

/** The pinned packages: cwltool's newest versions have left Python 3.9. */
function requirementsFor(version) {
  const folder = 'packages/cwltool/python';
  const runtime = version.startsWith('3.9.') ? 'requirements-python-3.9.txt' : 'requirements.txt';
  return [runtime, ...(forTests ? ['requirements-dev.txt'] : [])].map((file) => join(folder, file));
}

function makePythonEnvironment() {
  const python = findPython();
  if (python === undefined) {
    console.error(`
Python 3.9 or newer with its venv module was not found, so jobs cannot run yet.
  Debian, Ubuntu:  sudo apt-get install python3 python3-venv
  macOS:           brew install python
Then run the same command again. (The environment variable PYTHON names another interpreter.)
The jobs database, the bus and the ADES start all the same; accepted jobs wait for a worker.
`);
    return;
  }
  for (const file of requirementsFor(python.version)) {
    once(
      basename(file),
      [python.version, text(file)],
      () => existsSync(join(venv, 'bin', 'python')),
      () => installRequirements(python, file),
    );
  }
}

function installRequirements(python, file) {
  if (!isVenvOf(python.version)) {
    console.log('Making the Python environment in .venv …');
    run(python.command, ['-m', 'venv', '--clear', venv], {
      failure: 'The Python environment could not be made: see above.',
    });
  }
  run(join(venv, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', file], {
    failure: 'The Python packages could not be installed: see above.',
  });
}

function isVenvOf(version) {
  const config = join(venv, 'pyvenv.cfg');
  return existsSync(config) && readFileSync(config, 'utf8').includes(`version = ${version}\n`);
}

checkNode();
installPackages();
build();
makePythonEnvironment();
