import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';
import type { Json } from '../support/wps-t.ts';

const system = ['processes', 'job-updates', 'workers', 'operations'];

let database: Database;
/** Anybody. */
let send: Send;
/** The system itself. */
let asSystem: Send;
let before: Json;

/** Everything that nobody else may change. */
async function state(): Promise<Json> {
  const indices = system.slice(0, 2).join(',');
  const [index, hits, template] = await Promise.all([
    asSystem('GET', `/${indices}`),
    asSystem('GET', `/${indices}/_search?sort=n&version=true`),
    asSystem('GET', '/_index_template/system'),
  ]);
  return { index: index.json, hits: hits.json.hits, template: template.json };
}

beforeAll(async () => {
  database = await startDatabase();
  const authorization = `ApiKey ${readFileSync(join(database.dataDir, 'system-key'), 'utf8').trim()}`;
  send = sender(database.url);
  asSystem = sender(database.url, { authorization });
  const template = {
    index_patterns: system,
    priority: 500,
    template: { mappings: { properties: { n: { type: 'long' } } } },
  };
  expect((await asSystem('PUT', '/_index_template/system', template)).status).toBe(200);
  // `workers` is not there yet: a name that is free must not be taken either.
  for (const name of ['processes', 'job-updates']) {
    expect((await asSystem('PUT', `/${name}/_doc/1`, { n: 1 })).status).toBe(201);
  }
  before = await state();
});
beforeEach(async () => {
  await send('PUT', '/mine/_doc/1', { n: 2 });
  // Only what is written no more can be cloned.
  await send('PUT', '/finished', { settings: { 'index.blocks.write': true } });
});
afterAll(() => database.stop());

const attempts: [string, string, unknown?][] = [
  ['PUT', '/processes/_doc/2', { n: 2 }],
  ['PUT', '/%70rocesses/_doc/2', { n: 2 }],
  ['PUT', '/processes/_create/2', { n: 2 }],
  ['POST', '/processes/_doc', { n: 2 }],
  ['POST', '/processes//_doc/', { n: 2 }],
  ['POST', '/processes/_update/1', { doc: { n: 2 } }],
  ['POST', '/processes/_update/1', { script: { source: 'ctx._source.n = 3' } }],
  ['DELETE', '/processes/_doc/1'],
  ['POST', '/processes/_update_by_query', { script: { source: 'ctx._source.n = 3' } }],
  ['POST', '/processes/_delete_by_query', { query: { match_all: {} } }],
  ['POST', '/_reindex', { source: { index: 'mine' }, dest: { index: 'processes' } }],
  ['POST', '/_reindex', { source: { index: 'mine' }, dest: { index: 'workers' } }],
  ['DELETE', '/processes'],
  ['DELETE', '/mine,processes'],
  ['PUT', '/workers', {}],
  ['PUT', '/workers/_doc/1', { n: 1 }],
  ['PUT', '/mine/_alias/workers'],
  ['PUT', '/processes/_alias/other'],
  ['PUT', '/taken', { aliases: { workers: {} } }],
  ['POST', '/_aliases', { actions: [{ add: { index: 'mine', alias: 'workers' } }] }],
  ['POST', '/_aliases', { actions: [{ add: { index: 'processes', alias: 'other' } }] }],
  ['POST', '/_aliases', { actions: [{ remove_index: { index: 'processes' } }] }],
  [
    'POST',
    '/_aliases',
    { actions: [{ remove_index: { index: 'job-updates' } }, { add: { index: 'mine', alias: 'job-updates' } }] },
  ],
  ['POST', '/finished/_clone/workers'],
  ['POST', '/finished/_clone/cloned', { aliases: { workers: {} } }],
  ['PUT', '/processes/_mapping', { properties: { m: { type: 'long' } } }],
  ['PUT', '/processes/_settings', { 'index.refresh_interval': '7s' }],
  ['POST', '/processes/_close'],
  ['PUT', '/_template/mine', { index_patterns: ['work*'] }],
  ['PUT', '/_template/mine', { index_patterns: 'workers' }],
  ['PUT', '/_template/mine', { index_patterns: ['*'], order: 99 }],
  ['PUT', '/_index_template/mine', { index_patterns: ['w?rkers', 'work*'], priority: 999 }],
  ['PUT', '/_index_template/system', { index_patterns: ['else-*'] }],
  ['DELETE', '/_index_template/system'],
];

/** Patterns pass over what they may not change; names that are none of an index are wrong in another way. */
const patterns: [string, string, unknown?][] = [
  ['POST', '/_all/_update_by_query', { script: { source: 'ctx._source.n = 3' } }],
  ['POST', '/proc*,mine/_delete_by_query', { query: { match_all: {} } }],
  ['DELETE', '/proc*'],
  ['DELETE', '/_all'],
  ['DELETE', '/*'],
  ['DELETE', '/*,-mine'],
  ['PUT', '/%3Cworkers%3E/_doc/1', { n: 1 }],
  ['PUT', '/%3Cprocesses%3E/_doc/2', { n: 1 }],
  ['PUT', '/_all/_alias/other'],
  ['PUT', '/_all/_mapping', { properties: { m: { type: 'long' } } }],
  ['PUT', '/_settings', { 'index.blocks.read': true }],
  ['POST', '/*/_close'],
  ['DELETE', '/_index_template/*'],
];

describe('without the key of the system', () => {
  test.each(attempts)('%s %s %j is refused and changes nothing', async (method, path, body) => {
    const answer = await send(method, path, body);
    expect(answer.status, answer.text).toBe(403);
    const failure = answer.json.error ?? answer.json.failures[0].cause;
    expect(failure.type).toBe('security_exception');
    expect(await state()).toEqual(before);
    expect((await send('HEAD', '/workers')).status).toBe(404);
    expect((await send('GET', '/mine/_doc/1')).json._source).toEqual({ n: 2 });
  });

  test.each(patterns)('%s %s %j leaves the indices of the system as they are', async (method, path, body) => {
    const answer = await send(method, path, body);
    expect(answer.status, answer.text).toBeLessThan(500);
    expect(await state()).toEqual(before);
    expect((await send('HEAD', '/workers')).status).toBe(404);
    await send('DELETE', '/mine');
  });

  test('a bulk request fails in the items that are of system indices alone', async () => {
    const actions = [
      { index: { _index: 'processes', _id: '1' } },
      { n: 9 },
      { create: { _index: 'workers', _id: '1' } },
      { n: 9 },
      { update: { _index: 'job-updates', _id: '1' } },
      { doc: { n: 9 } },
      { delete: { _index: 'processes', _id: '1' } },
      { index: { _index: 'mine', _id: '2' } },
      { n: 9 },
    ];
    const { json } = await send('POST', '/_bulk', actions.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const statuses = json.items.map((item: Json) => Object.values<Json>(item)[0].status);
    expect(statuses).toEqual([403, 403, 403, 403, 201]);
    expect(await state()).toEqual(before);
  });

  test('a template gives a new index no name of a system index', async () => {
    await send('PUT', '/_template/aliasing', { index_patterns: ['aliased-*'], aliases: { workers: {} } });
    const answer = await send('PUT', '/aliased-1/_doc/1', { n: 1 });
    expect(answer.status).toBe(403);
    expect((await send('HEAD', '/workers')).status).toBe(404);
  });

  test('a reindex in the background fails as one that is waited for', async () => {
    const body = { source: { index: 'mine' }, dest: { index: 'processes' } };
    const { task } = (await send('POST', '/_reindex?wait_for_completion=false', body)).json;
    for (;;) if ((await send('GET', `/_tasks/${task}`)).json.completed) break;
    expect(await state()).toEqual(before);
  });

  test.each(['ApiKey wrong', 'Basic d3Jvbmc6d3Jvbmc=', 'ApiKey', 'Bearer x', 'ApiKey \u00e9'])(
    'the authorization %j is none',
    async (authorization) => {
      const answer = await send('PUT', '/processes/_doc/1', { n: 3 }, { authorization });
      expect(answer.status).toBe(403);
      expect(await state()).toEqual(before);
    },
  );

  test('settings of the cluster keep users from what the system goes on with', async () => {
    const settings = {
      'action.auto_create_index': 'false',
      'action.destructive_requires_name': 'true',
      'cluster.max_shards_per_node': 1,
      'search.allow_expensive_queries': 'false',
      'search.max_buckets': 0,
    };
    expect((await send('PUT', '/_cluster/settings', { persistent: settings })).status).toBe(200);
    try {
      expect((await send('PUT', '/new/_doc/1', { n: 1 })).status).toBe(404);
      expect((await send('PUT', '/new')).status).toBe(400);
      expect((await asSystem('PUT', '/operations/_doc/1', { n: 1 })).status).toBe(201);
      const aggs = { n: { terms: { field: 'n' } } };
      expect((await send('POST', '/processes/_search', { aggs })).status).toBe(503);
      expect((await asSystem('POST', '/processes/_search', { aggs })).status).toBe(200);
    } finally {
      await send('PUT', '/_cluster/settings', { persistent: { '*': null } });
      await asSystem('DELETE', '/operation*');
    }
  });

  test('everybody reads what the system writes', async () => {
    expect((await send('GET', '/processes/_doc/1')).json._source).toEqual({ n: 1 });
    expect((await send('GET', '/_all/_count')).status).toBe(200);
  });
});
