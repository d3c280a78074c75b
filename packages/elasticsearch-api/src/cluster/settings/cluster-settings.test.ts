import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine } from '@daybook/search-engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApi, type TestApi } from '../../testing/start-api.ts';
import { ClusterSettings } from './cluster-settings.ts';

const key = { authorization: 'ApiKey the-key' };
let api: TestApi;

beforeEach(async () => {
  api = await startApi({ systemKey: 'the-key' });
});

afterEach(() => api.stop());

function put(body: unknown, path = '/_cluster/settings?flat_settings=true') {
  return api.send('PUT', path, body);
}

test('settings are set and reset by name and by pattern, nested or flat', async () => {
  const set = await put({
    persistent: { search: { max_buckets: 7 }, 'logger.a': 'debug' },
    transient: { search: { max_buckets: '9', allow_expensive_queries: true } },
  });
  expect(set.json).toEqual({
    acknowledged: true,
    persistent: { 'search.max_buckets': '7', 'logger.a': 'debug' },
    transient: { 'search.max_buckets': '9', 'search.allow_expensive_queries': 'true' },
  });
  const nested = await api.send('GET', '/_cluster/settings');
  expect(nested.json.transient).toEqual({ search: { max_buckets: '9', allow_expensive_queries: 'true' } });
  const reset = await put({ transient: { 'search.*': null }, persistent: { 'logger.a': null } });
  expect(reset.json).toEqual({ acknowledged: true, persistent: {}, transient: {} });
  const left = await api.send('GET', '/_cluster/settings?flat_settings=true&include_defaults=true');
  expect(left.json).toMatchObject({ persistent: { 'search.max_buckets': '7' }, transient: {} });
  expect(left.json.defaults['search.max_keep_alive']).toBe('24h');
  expect(left.json.defaults['search.max_buckets']).toBeUndefined();
});

test.each([
  [{ persistent: { 'foo.bar': 1 } }, 'persistent setting [foo.bar], not recognized'],
  [{ transient: { 'cluster.name': 'x' } }, 'transient setting [cluster.name], not dynamically updateable'],
  [{ transient: { 'foo.bar': null } }, 'transient setting [foo.bar], not recognized'],
  [{ persistent: { 'search.max_buckets': 'abc' } }, 'Failed to parse value [abc] for setting [search.max_buckets]'],
  [{ persistent: { 'search.max_buckets': [1, 2] } }, 'Failed to parse value [[1, 2]] for setting [search.max_buckets]'],
  [
    { persistent: { 'search.max_buckets': -1 } },
    'Failed to parse value [-1] for setting [search.max_buckets] must be >= 0',
  ],
  [{ persistent: { 'logger.foo': 'BUG' } }, 'Unknown level constant [BUG].'],
  [{ persistent: { 'indices.breaker.total.limit': '101%' } }, 'percentage should be in [0-100], got [101]'],
  [
    { transient: { 'search.max_keep_alive': '1s' } },
    'Default keep alive setting for request [search.default_keep_alive] should be smaller than max keep alive ' +
      '[search.max_keep_alive], was (5m > 1s)',
  ],
  [
    { transient: { 'cluster.routing.allocation.disk.watermark.low': '95%' } },
    'low disk watermark [95%] more than high disk watermark [90%]',
  ],
  [
    { transient: { 'action.auto_create_index': '+' } },
    "Can't parse [+] for setting [action.auto_create_index] must contain an index name after [+]",
  ],
  [
    { transient: { 'cluster.remote.other.seeds': 'a' } },
    'the setting [cluster.remote.other.seeds] is not supported by this server',
  ],
  [{ foo: {} }, 'Validation Failed: 1: no settings to update;'],
])('%j is refused and nothing is changed', async (body, reason) => {
  const { status, json } = await put(body);
  expect([status, json.error.reason]).toEqual([400, reason]);
  const { json: left } = await api.send('GET', '/_cluster/settings');
  expect(left).toEqual({ persistent: {}, transient: {} });
});

test('what binds users does not bind the system', async () => {
  await put({
    transient: {
      'action.auto_create_index': false,
      'action.destructive_requires_name': true,
      'cluster.indices.close.enable': false,
      'cluster.max_shards_per_node': 1,
      'search.allow_expensive_queries': false,
      'search.max_buckets': 0,
      'search.max_keep_alive': '0',
      'search.default_keep_alive': '0',
      'search.max_open_scroll_context': 0,
    },
  });
  const user = await api.send('PUT', '/jobs/_doc/1', { a: 'x' });
  expect([user.status, user.json.error.reason]).toEqual([404, 'no such index [jobs]']);
  expect((await api.send('PUT', '/jobs/_doc/1', { a: 'x' }, key)).status).toBe(201);
  expect((await api.send('PUT', '/workers/_doc/1', { a: 'x' }, key)).status).toBe(201);
  const search = { query: { prefix: { a: 'x' } }, aggs: { a: { terms: { field: 'a.keyword' } } } };
  expect((await api.send('POST', '/jobs/_search', search)).status).toBe(400);
  expect((await api.send('POST', '/jobs/_search?scroll=1m', { query: { match_all: {} } })).status).toBe(400);
  expect((await api.send('POST', '/jobs/_search?scroll=1m', search, key)).json.hits.total.value).toBe(1);
  expect((await api.send('POST', '/jobs/_close')).status).toBe(500);
  expect((await api.send('DELETE', '/job*')).json.error.reason).toBe(
    'Wildcard expressions or all indices are not allowed',
  );
  expect((await api.send('DELETE', '/job*', undefined, key)).status).toBe(200);
});

test('however many buckets are allowed, the engine bears a certain number', async () => {
  await put({ transient: { 'search.max_buckets': 2 ** 31 - 1 } });
  await api.send('PUT', '/n/_doc/1', { n: 0 });
  await api.send('PUT', '/n/_doc/2', { n: 300_000 });
  const aggs = { a: { histogram: { field: 'n', interval: 1, min_doc_count: 0 } } };
  const { status, json } = await api.send('POST', '/n/_search', { size: 0, aggs });
  expect([status, json.error.caused_by.type]).toEqual([429, 'circuit_breaking_exception']);
});

test('persistent settings are there after a restart, transient ones are not', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'cluster-settings-'));
  try {
    const first = await openEngine({ directory });
    await first.updateMetadata('cluster_settings', new Map([['persistent', { 'gone.setting': '1' }]]));
    await new ClusterSettings(first).change({
      persistent: new Map([['search.max_buckets', '5']]),
      transient: new Map([['search.max_buckets', '6']]),
    });
    await first.close();
    const second = await openEngine({ directory });
    const settings = new ClusterSettings(second);
    expect(settings.values('persistent')).toEqual({ 'archived.gone.setting': '1', 'search.max_buckets': '5' });
    expect(settings.values('transient')).toEqual({});
    expect(settings.of('user').maxBuckets).toBe(5);
    await settings.change({ persistent: new Map([['archived.*', null]]), transient: new Map() });
    expect(settings.values('persistent')).toEqual({ 'search.max_buckets': '5' });
    await second.close();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
