import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.mjs';
import { installPythonPackages } from '../../scripts/python-packages.mjs';
import { root } from '../support.mjs';

const START_LIMIT_MS = 60_000;
/** PostgreSQL does not run as root; the user `nobody` of every Unix. */
const NOBODY = 65_534;
const PROCESS = 'hello-world';
const TABLE = `CREATE TABLE jobs (type varchar NOT NULL DEFAULT 'process', identifier varchar PRIMARY KEY, process_id varchar,
  created timestamp, started timestamp, finished timestamp, updated timestamp, status varchar, location varchar, mimetype varchar,
  message varchar, progress integer)`;

/**
 * Starts pygeoapi behind gunicorn with its jobs in PostgreSQL, the fastest and safest of its stores; its one process answers at once with a greeting.
 * Throws where there is no PostgreSQL.
 */
export async function startPygeoapi() {
  if (spawnSync('initdb', ['--version']).status !== 0) {
    throw new Error(
      'it needs PostgreSQL with initdb, postgres and psql on the path (Debian: apt-get install postgresql)',
    );
  }
  const { pygeoapi: packages } = installPythonPackages('servers', ['pygeoapi']);
  const folder = mkdtempSync(join(tmpdir(), 'daybook-pygeoapi-'));
  const children = [];
  const stop = async () => {
    for (const { child, ended } of children.toReversed()) {
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const start = (command, args, options) => {
    const child = spawn(command, args, { stdio: 'ignore', ...options });
    children.push({ child, ended: new Promise((resolve) => child.once('exit', resolve)) });
    return child;
  };
  try {
    const databasePort = await startPostgres(folder, start);
    const query = (sql) => runSql(databasePort, sql);
    query(TABLE);
    const port = String(await freePort());
    const environment = configure(folder, packages, port, databasePort);
    start(
      join(root, '.venv/bin/python'),
      [
        ...['-m', 'gunicorn', '--workers', '2', '--worker-class', 'gthread', '--threads', '8', '--keep-alive', '60'],
        ...['--no-control-socket', '--bind', `127.0.0.1:${port}`, 'pygeoapi.flask_app:APP'],
      ],
      { cwd: folder, env: environment },
    );
    const url = `http://127.0.0.1:${port}`;
    await until(async () => (await fetch(`${url}/conformance?f=json`)).ok);
    return {
      url,
      pids: children.map(({ child }) => child.pid),
      processId: PROCESS,
      inputs: { name: 'granule', message: 'hello' },
      /** Adds jobs that succeeded. */
      async fill(jobs) {
        query(`INSERT INTO jobs SELECT 'process', gen_random_uuid()::varchar, '${PROCESS}', t, t, t, t, 'successful', NULL, 'application/json',
          'Job complete', 100 FROM (SELECT now() + n * interval '1 second' AS t FROM generate_series(1, ${jobs}) n) times`);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startPostgres(folder, start) {
  const identity = process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const data = join(folder, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  if (identity.uid !== undefined) for (const path of [folder, data]) chownSync(path, NOBODY, NOBODY);
  const made = spawnSync('initdb', ['-D', data, '-U', 'daybook', '-A', 'trust'], { ...identity, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = String(await freePort());
  start('postgres', ['-D', data, '-p', port, '-k', data, '-c', 'listen_addresses=127.0.0.1'], identity);
  await until(() => runSql(port, 'SELECT 1'));
  return port;
}

function runSql(port, sql) {
  const args = ['-h', '127.0.0.1', '-p', port, '-U', 'daybook', '-v', 'ON_ERROR_STOP=1', '-c', sql, 'postgres'];
  const { status, stderr } = spawnSync('psql', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`psql: ${stderr}`);
  return true;
}

/** Writes pygeoapi's files and gives its environment. */
function configure(folder, packages, port, databasePort) {
  const output = join(folder, 'outputs');
  mkdirSync(output);
  const url = `http://127.0.0.1:${port}`;
  const named = { name: 'bench', url };
  const config = {
    server: {
      bind: { host: '127.0.0.1', port: Number(port) },
      url,
      mimetype: 'application/json; charset=UTF-8',
      encoding: 'utf-8',
      language: 'en-US',
      limits: { default_items: 10, max_items: 1000 },
      map: { url, attribution: 'none' },
      manager: {
        name: 'PostgreSQL',
        connection: {
          host: '127.0.0.1',
          port: Number(databasePort),
          database: 'postgres',
          user: 'daybook',
          password: '-',
        },
        output_dir: output,
      },
    },
    logging: { level: 'ERROR' },
    metadata: {
      identification: {
        title: 'bench',
        description: 'bench',
        keywords: ['bench'],
        keywords_type: 'theme',
        terms_of_service: url,
        url,
      },
      license: named,
      provider: named,
      contact: named,
    },
    resources: { [PROCESS]: { type: 'process', processor: { name: 'HelloWorld' } } },
  };
  const configFile = join(folder, 'config.yml');
  const openapiFile = join(folder, 'openapi.yml');
  // JSON is YAML.
  writeFileSync(configFile, JSON.stringify(config));
  const environment = {
    ...process.env,
    PYTHONPATH: packages,
    PYGEOAPI_CONFIG: configFile,
    PYGEOAPI_OPENAPI: openapiFile,
  };
  const made = spawnSync(
    join(root, '.venv/bin/python'),
    ['-c', 'from pygeoapi import cli; cli()', 'openapi', 'generate', configFile, '--output-file', openapiFile],
    { env: environment, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`pygeoapi openapi generate failed: ${made.stderr}`);
  return environment;
}

async function until(isReady) {
  const deadline = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      if (await isReady()) return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(200);
  }
}
