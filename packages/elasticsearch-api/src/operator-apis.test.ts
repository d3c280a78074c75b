import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.send('PUT', '/jobs', { aliases: { mine: { filter: { term: { user: 'me' } } } } });
  await api.send('PUT', '/jobs/_doc/1', { user: 'me' });
  await api.send('PUT', '/empty', {});
});

afterAll(() => api.stop());

test('what an index holds is one segment, which a flush commits', async () => {
  const before = await api.send('GET', '/jobs,empty/_segments');
  expect(before.json._shards).toEqual({ total: 2, successful: 2, failed: 0 });
  expect(before.json.indices.empty.shards['0'][0]).toMatchObject({ num_search_segments: 0, segments: {} });
  const [shard] = before.json.indices.jobs.shards['0'];
  expect(shard).toMatchObject({ num_committed_segments: 0, num_search_segments: 1 });
  expect(shard.segments._0).toMatchObject({ num_docs: 1, deleted_docs: 0, committed: false, search: true });
  const { json: written } = await api.send('GET', '/jobs/_stats/translog');
  expect(written._all.total.translog).toMatchObject({ operations: 1, uncommitted_operations: 1 });
  expect(written._all.total.translog.size_in_bytes).toBeGreaterThan(10);
  await api.send('POST', '/_flush');
  const { json: after } = await api.send('GET', '/_cat/segments/jobs?format=json&h=segment,docs.count,committed');
  expect(after).toEqual([{ segment: '_0', 'docs.count': '1', committed: 'true' }]);
  const { json: flushed } = await api.send('GET', '/jobs/_stats/translog');
  expect(flushed._all.total.translog).toMatchObject({ operations: 0, size_in_bytes: 0 });
});

test('shards of a search are told with the filters of aliases', async () => {
  const { json } = await api.send('GET', '/mine/_search_shards');
  expect(json.indices).toEqual({ jobs: { aliases: ['mine'], filter: { term: { user: 'me' } } } });
  expect(json.shards).toHaveLength(1);
  const [[shard]] = json.shards;
  expect(Object.keys(json.nodes)).toEqual([shard.node]);
  expect(shard).toMatchObject({ state: 'STARTED', primary: true, shard: 0, index: 'jobs' });
  expect((await api.send('GET', '/missing/_search_shards')).json).toEqual({ nodes: {}, indices: {}, shards: [] });
});

test('stores of shards are told where whole ones are asked for', async () => {
  expect((await api.send('GET', '/jobs/_shard_stores')).json).toEqual({ indices: {} });
  const { json } = await api.send('GET', '/jobs/_shard_stores?status=green');
  expect(json.indices.jobs.shards['0'].stores[0].allocation).toBe('primary');
});

test.each([
  [undefined, 400, 'illegal_argument_exception'],
  [{ index: 'jobs' }, 400, 'action_request_validation_exception'],
  [{ index: 'jobs', shard: 0, primary: false }, 400, 'illegal_argument_exception'],
  [{ index: 'jobs', shard: 1, primary: true }, 404, 'shard_not_found_exception'],
  [{ index: 'missing', shard: 0, primary: true }, 404, 'index_not_found_exception'],
  [{ index: 'jobs', shard: 0, primary: true, current_node: 'x' }, 400, 'illegal_argument_exception'],
  [{ foo: 1 }, 400, 'x_content_parse_exception'],
])('the allocation of %j is not explained', async (body, expected, type) => {
  const { status, json } = await api.send('POST', '/_cluster/allocation/explain', body);
  expect([status, json.error.type]).toEqual([expected, type]);
});

test('the allocation of a primary is explained', async () => {
  const body = { index: 'jobs', shard: 0, primary: true };
  const { json } = await api.send('POST', '/_cluster/allocation/explain?include_yes_decisions=true', body);
  expect(json).toMatchObject({ current_state: 'started', can_remain_on_current_node: 'yes' });
  expect(json.can_rebalance_cluster_decisions[0].decision).toBe('YES');
});

test('tables of recoveries and thread pools have a row for each', async () => {
  const recoveries = await api.send('GET', '/_cat/recovery?format=json&h=index,type,stage');
  expect(recoveries.json).toContainEqual({ index: 'jobs', type: 'empty_store', stage: 'done' });
  const pools = await api.send('GET', '/_cat/thread_pool/search,wr*?format=json');
  expect(pools.json.map(({ name }: { name: string }) => name)).toEqual(['search', 'write']);
});

test.each([
  ['POST', '/_cluster/reroute?dry_run=true', 200],
  ['POST', '/_cluster/voting_config_exclusions', 400],
  ['POST', '/_cluster/voting_config_exclusions?node_names=other', 200],
  ['DELETE', '/_cluster/voting_config_exclusions', 200],
  ['GET', '/_dangling', 200],
  ['DELETE', '/_dangling/abc', 400],
  ['POST', '/_nodes/reload_secure_settings', 200],
  ['GET', '/jobs/_upgrade', 200],
  ['POST', '/jobs/_upgrade', 200],
  ['POST', '/jobs/_flush/synced', 200],
  ['GET', '/_snapshot/_status', 200],
  ['GET', '/_cat/snapshots', 400],
  ['GET', '/_cat/snapshots/x', 404],
  ['PUT', '/jobs/_block/nothing', 400],
  ['GET', '/_nodes/hot_threads?interval=2m', 400],
])('%s %s is %i', async (method, path, status) => {
  expect((await api.send(method, path)).status).toBe(status);
});

test('hot threads tell of the one thread and the tasks that run, where the node is asked', async () => {
  const { text } = await api.send('GET', '/_nodes/_local/hot_threads?interval=10ms&ignore_idle_threads=false');
  expect(text).toMatch(
    /^::: \{.*\}\n {3}Hot threads at .*, interval=10ms, busiestThreads=3, ignoreIdleThreads=false:\n/,
  );
  expect(text).toMatch(/\d+\.\d% \(\d+\.\dms out of \d+ms\) cpu usage by thread '.*'\n {5}0 tasks\n/);
  expect((await api.send('GET', '/_nodes/other/hot_threads')).text).toBe('');
});
