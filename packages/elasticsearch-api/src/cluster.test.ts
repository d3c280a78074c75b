import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ clusterName: 'tests' });
  await api.client.index({ index: 'jobs', id: '1', document: { a: 1 } });
  await api.client.indices.putAlias({ index: 'jobs', name: 'work' });
});

afterAll(() => api.stop());

describe('cluster and nodes', () => {
  test('the product is Elasticsearch of a version that every client takes', async () => {
    const info = await api.client.info();
    expect(info.version.number).toMatch(/^7\.17\./);
    expect(info.tagline).toBe('You Know, for Search');
    expect(await api.client.ping()).toBe(true);
  });

  test('health is green at once', async () => {
    const health = await api.client.cluster.health({ wait_for_status: 'green', level: 'indices' });
    expect(health).toMatchObject({ cluster_name: 'tests', status: 'green', timed_out: false, unassigned_shards: 0 });
    expect(health.indices).toHaveProperty('jobs');
    const missing = await api.send('GET', '/_cluster/health/nope?timeout=1s');
    expect(missing).toMatchObject({ status: 408, json: { status: 'red', timed_out: true } });
  });

  test.each([
    ['wait_for_nodes=1', 200],
    ['wait_for_nodes=>=1', 200],
    ['wait_for_nodes=le(2)', 200],
    ['wait_for_nodes=2', 408],
    ['wait_for_nodes=>1', 408],
    ['wait_for_nodes=some', 400],
    ['wait_for_active_shards=1', 200],
    ['wait_for_active_shards=all', 200],
    ['wait_for_active_shards=50', 408],
    ['wait_for_active_shards=few', 400],
  ])('health with %s is answered with %d at once', async (wait, status) => {
    const [name = '', ...value] = wait.split('=');
    const query = new URLSearchParams({ [name]: value.join('='), timeout: '30s' });
    expect(await api.send('GET', `/_cluster/health?${query}`)).toMatchObject({ status });
  });

  test('statistics count documents and nodes', async () => {
    const stats = await api.client.cluster.stats();
    expect(stats).toMatchObject({ indices: { count: 1, docs: { count: 1 } }, nodes: { count: { total: 1, data: 1 } } });
    expect((await api.client.indices.stats({ index: 'jobs' })).indices?.jobs?.total?.docs?.count).toBe(1);
  });

  test('a client that sniffs finds an address that it can reach', async () => {
    const { json } = await api.send('GET', '/_nodes/_all/http');
    const [node] = Object.values(json.nodes) as { http: { publish_address: string } }[];
    expect((await fetch(`http://${node?.http.publish_address}/`)).status).toBe(200);
  });

  test('settings of the cluster are kept', async () => {
    const put = await api.send('PUT', '/_cluster/settings', { persistent: { 'search.max_buckets': 10 } });
    expect(put.json).toEqual({ acknowledged: true, persistent: { search: { max_buckets: '10' } }, transient: {} });
    expect((await api.send('GET', '/_cluster/settings?flat_settings=true')).json.persistent).toEqual({
      'search.max_buckets': '10',
    });
  });

  test.each([
    '/_license',
    '/_nodes',
    '/_nodes/stats',
    '/_cluster/state/metadata/jobs',
    '/_cluster/pending_tasks',
    '/_tasks',
    '/_snapshot',
    '/_recovery',
    '/_resolve/index/*',
    '/_data_stream',
    '/_ingest/pipeline',
    '/_stats',
  ])('%s answers', async (path) => {
    expect((await api.send('GET', path)).status).toBe(200);
  });
});

describe('nodes', () => {
  test.each([
    ['/_nodes/os,process', ['os', 'process']],
    ['/_nodes/_all/jvm', ['jvm']],
    ['/_nodes/stats/jvm,breaker', ['jvm', 'breakers']],
    ['/_nodes/_local/stats/indices/docs', ['indices']],
  ])('%s answers those metrics alone', async (path, metrics) => {
    const { json } = await api.send('GET', path);
    const [node] = Object.values(json.nodes) as Record<string, unknown>[];
    const all = ['os', 'process', 'jvm', 'indices', 'breakers', 'fs', 'http', 'transport', 'settings', 'plugins'];
    expect(all.filter((metric) => node?.[metric] !== undefined).sort()).toEqual([...metrics].sort());
  });

  test('metrics of indices are chosen among those of a node', async () => {
    const { json } = await api.send('GET', '/_nodes/stats/indices/docs,store');
    const [node] = Object.values(json.nodes) as { indices: object }[];
    expect(Object.keys(node!.indices)).toEqual(['docs', 'store']);
  });

  test.each([
    ['none', 0],
    ['none,_local', 1],
    ['data:true', 1],
    ['_all,data:false', 0],
    ['*', 1],
  ])('the nodes [%s] are %d', async (nodes, count) => {
    const { json } = await api.send('GET', `/_nodes/${nodes}/stats/os`);
    expect([json._nodes.total, Object.keys(json.nodes).length]).toEqual([count, count]);
  });

  test.each([
    [
      '/_nodes/stats/osx,jvmm',
      'contains unrecognized metrics: [jvmm] -> did you mean [jvm]?, [osx] -> did you mean [os]?',
    ],
    ['/_nodes/stats/_all,os', 'contains _all and individual metrics [_all,os]'],
    ['/_nodes/stats/os/docs', 'contains index metrics [docs] but indices stats not requested'],
    ['/_nodes/stats/indices/foo', 'contains unrecognized index metric: [foo]'],
  ])('%s is refused', async (path, reason) => {
    const { status, json } = await api.send('GET', path);
    expect([status, json.error.reason]).toEqual([400, `request [${path}] ${reason}`]);
  });
});

describe('tables', () => {
  test('a table is text with headings, or JSON', async () => {
    const { text, headers } = await api.send('GET', '/_cat/indices?v&h=health,index,docs.count');
    expect(headers.get('content-type')).toBe('text/plain; charset=UTF-8');
    expect(text).toBe('health index docs.count\ngreen  jobs           1\n');
    const { json } = await api.send('GET', '/_cat/indices?format=json&h=index,dc,sc&bytes=b');
    expect(json).toEqual([{ index: 'jobs', dc: '1', sc: '1' }]);
  });

  test('rows are sorted by any column, and columns are chosen by patterns', async () => {
    await api.client.indices.create({ index: 'empty' });
    const { json } = await api.send('GET', '/_cat/indices/?format=json&h=i,docs.*&s=docs.count:desc,index');
    expect(json.map((row: { i: string }) => row.i)).toEqual(['jobs', 'empty']);
    expect(Object.keys(json[0])).toEqual(['i', 'docs.count', 'docs.deleted']);
    const { status } = await api.send('GET', '/_cat/indices?s=nope');
    expect(status).toBe(500);
  });

  test('help lists the columns', async () => {
    const { text } = await api.send('GET', '/_cat/count?help');
    expect(text.split('\n')[2]).toBe('count     | dc,docs.count,docsCount | the document count');
  });

  test.each(['aliases', 'allocation', 'count', 'health', 'indices', 'master', 'nodes', 'shards', 'templates'])(
    '/_cat/%s answers text and JSON',
    async (table) => {
      expect((await api.send('GET', `/_cat/${table}`)).status).toBe(200);
      expect((await api.send('GET', `/_cat/${table}?format=json`)).json).toBeInstanceOf(Array);
    },
  );

  test('the identifier of a node is that under which its description stands', async () => {
    const [row] = (await api.send('GET', '/_cat/nodes?format=json&full_id=true&h=id,node.role')).json;
    const { nodes } = (await api.send('GET', '/_nodes')).json;
    expect(Object.keys(nodes)).toEqual([row.id]);
  });
});
