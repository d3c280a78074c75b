import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../../support/database.ts';
import { type Send, sender } from '../../support/http.ts';
import { root } from '../../support/program.ts';
import { documents, mappings } from '../support/documents.ts';

const version = '6.125.1';
const home = join(root, '.setup/elasticdump', version);
const program = join(home, 'node_modules/elasticdump/bin/elasticdump');

let database: Database;
let send: Send;
let folder: string;

beforeAll(async () => {
  if (!existsSync(program)) {
    const install = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefix',
      home,
      `elasticdump@${version}`,
    ];
    const done = spawnSync('npm', install, { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`npm could not install elasticdump: ${done.stderr}`);
  }
  folder = mkdtempSync(join(tmpdir(), 'daybook-elasticdump-'));
  database = await startDatabase();
  send = sender(database.url);
  await send('PUT', '/runs', { mappings, settings: { 'index.refresh_interval': '7s' }, aliases: { all: {} } });
  const lines = documents.flatMap((document) => [{ index: { _id: document.id } }, document]);
  await send('POST', '/runs/_bulk', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

function dump(input: string, output: string, type: string): void {
  const args = [`--input=${input}`, `--output=${output}`, `--type=${type}`, '--limit=2', '--quiet'];
  const done = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 120_000 });
  expect(done.status, `${done.stdout}${done.stderr}`).toBe(0);
}

test('elasticdump takes an index to files and back', async () => {
  const file = (type: string) => join(folder, `${type}.json`);
  for (const type of ['settings', 'mapping', 'data', 'alias']) dump(`${database.url}/runs`, file(type), type);
  expect(readFileSync(file('data'), 'utf8').trim().split('\n')).toHaveLength(documents.length);
  await send('DELETE', '/runs');
  for (const type of ['settings', 'mapping', 'data', 'alias']) dump(file(type), `${database.url}/runs`, type);
  await send('POST', '/runs/_refresh');
  const { runs } = (await send('GET', '/runs')).json;
  expect(runs.mappings.properties).toMatchObject(mappings.properties);
  expect(runs.settings.index.refresh_interval).toBe('7s');
  expect(runs.aliases).toEqual({ all: {} });
  const { hits } = (await send('GET', '/runs/_search?sort=id')).json;
  expect(hits.hits.map((hit: { _source: object }) => hit._source)).toEqual(documents);
});

test('elasticdump copies documents from one index to another, and templates', async () => {
  dump(`${database.url}/runs`, `${database.url}/copied`, 'data');
  await send('POST', '/copied/_refresh');
  expect((await send('GET', '/copied/_count')).json.count).toBe(documents.length);
  await send('PUT', '/_template/dumped', { index_patterns: ['dumped-*'], order: 3 });
  dump(`${database.url}`, join(folder, 'template.json'), 'template');
  await send('DELETE', '/_template/dumped');
  dump(join(folder, 'template.json'), `${database.url}`, 'template');
  expect((await send('GET', '/_template/dumped')).json.dumped).toMatchObject({ order: 3 });
});
