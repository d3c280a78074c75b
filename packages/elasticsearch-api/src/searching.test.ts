import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.client.indices.create({
    index: 'jobs',
    mappings: {
      properties: {
        status: { type: 'keyword' },
        labels: { type: 'keyword' },
        'start-time': { type: 'date' },
        message: { type: 'text' },
        n: { type: 'long' },
        cost: { type: 'double' },
      },
    },
    aliases: { running: { filter: { term: { status: 'running' } } }, everything: {} },
  });
  const operations = Array.from({ length: 50 }, (_, n) => [
    { index: { _id: `job-${String(n).padStart(2, '0')}` } },
    {
      status: n % 5 === 0 ? 'failed' : n % 5 === 1 ? 'running' : 'succeeded',
      labels: ['all', `l${n % 3}`],
      'start-time': new Date(Date.UTC(2024, 0, 1 + (n % 10), n % 24)).toISOString(),
      message: n % 2 === 0 ? 'granule was written' : 'granule was lost',
      n,
      cost: n,
      inputs: { collection: `c${n % 2}`, size: n },
    },
  ]).flat();
  await api.client.bulk({ index: 'jobs', operations });
  await api.client.index({ index: 'other', id: '1', document: { status: 'elsewhere' } });
});

afterAll(() => api.stop());

const idsOf = (answer: { hits: { hits: readonly { _id?: string }[] } }): unknown[] =>
  answer.hits.hits.map((hit) => hit._id);

describe('search', () => {
  test.each(['_id', 'n', 'cost'])('the slices of a scroll by %s give every document once', async (field) => {
    const found: unknown[] = [];
    for (const id of [0, 1, 2]) {
      const body = { slice: { id, max: 3, field }, size: 7 };
      let { json } = await api.send('POST', '/jobs/_search?scroll=1m', body);
      const before = found.length;
      const total = json.hits.total.value;
      while (json.hits.hits.length > 0) {
        found.push(...idsOf(json));
        ({ json } = await api.send('POST', '/_search/scroll', { scroll: '1m', scroll_id: json._scroll_id }));
      }
      expect(found.length - before).toBe(total);
      expect(total).toBeGreaterThan(0);
    }
    expect(new Set(found).size).toBe(50);
    expect(found).toHaveLength(50);
  });

  test('a page of a scroll shows highlights and fields of the documents as they were when it was opened', async () => {
    await api.send('PUT', '/scrolled/_doc/1', { note: 'the disk is full', n: 1 });
    await api.send('PUT', '/scrolled/_doc/2', { note: 'a disk was lost', n: 2 });
    const body = {
      size: 1,
      query: { match: { note: 'disk' } },
      sort: ['n'],
      highlight: { fields: { '*': {} } },
      fields: ['note'],
      docvalue_fields: ['n'],
    };
    const first = await api.send('POST', '/scrolled/_search?scroll=1m', body);
    await api.send('PUT', '/scrolled/_doc/2', { note: 'changed', n: 3 });
    const { json } = await api.send('POST', '/_search/scroll', { scroll_id: first.json._scroll_id });
    expect(json.hits.hits[0]).toMatchObject({
      _id: '2',
      highlight: { note: ['a <em>disk</em> was lost'] },
      fields: { note: ['a disk was lost'], n: [2] },
    });
    await api.send('DELETE', '/scrolled');
  });

  test('the total is exact and ten hits are the default', async () => {
    const { json } = await api.send('GET', '/jobs/_search');
    expect(json.hits.total).toEqual({ value: 50, relation: 'eq' });
    expect(json.hits.hits).toHaveLength(10);
    expect(json._shards).toEqual({ total: 1, successful: 1, skipped: 0, failed: 0 });
    expect(json.hits.hits[0]._type).toBe('_doc');
  });

  test('version 8 clients get no document types', async () => {
    const accept = 'application/vnd.elasticsearch+json; compatible-with=8';
    const { json, headers } = await api.send('GET', '/jobs/_search', undefined, { accept });
    expect(json.hits.hits[0]).not.toHaveProperty('_type');
    expect(headers.get('content-type')).toBe('application/vnd.elasticsearch+json;compatible-with=8');
  });

  test('filters, sort and paging find the newest of a label', async () => {
    const answer = await api.client.search({
      index: 'jobs',
      query: { bool: { filter: [{ term: { labels: 'l1' } }, { range: { n: { gte: 10, lt: 40 } } }] } },
      sort: [{ n: 'desc' }],
      size: 3,
      from: 1,
    });
    expect(idsOf(answer)).toEqual(['job-34', 'job-31', 'job-28']);
    expect(answer.hits.hits[0]?.sort).toEqual([34]);
  });

  test('search_after walks through all documents', async () => {
    const seen: unknown[] = [];
    let after: (string | number)[] | undefined;
    for (;;) {
      const answer = await api.client.search({
        index: 'jobs',
        size: 7,
        sort: [{ 'start-time': 'asc' }, { n: 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      });
      if (answer.hits.hits.length === 0) break;
      seen.push(...idsOf(answer));
      after = answer.hits.hits.at(-1)?.sort as (string | number)[];
    }
    expect(new Set(seen).size).toBe(50);
    expect(seen).toHaveLength(50);
  });

  test('hits carry what was asked for', async () => {
    const { json } = await api.send('POST', '/jobs/_search', {
      query: { term: { _id: 'job-03' } },
      _source: { includes: ['inputs.*', 'n'], excludes: ['inputs.size'] },
      version: true,
      seq_no_primary_term: true,
      fields: ['status', { field: 'start-time', format: 'epoch_millis' }],
    });
    expect(json.hits.hits[0]).toMatchObject({
      _id: 'job-03',
      _version: 1,
      _primary_term: 1,
      _source: { n: 3, inputs: { collection: 'c1' } },
      fields: { status: ['succeeded'], 'start-time': [String(Date.UTC(2024, 0, 4, 3))] },
    });
    expect(json.hits.hits[0]._source.inputs).not.toHaveProperty('size');
    expect(json.hits.hits[0]).toHaveProperty('_seq_no');
  });

  test('a source that is not wanted is left out', async () => {
    const { json } = await api.send('GET', '/jobs/_search?_source=false&size=1');
    expect(json.hits.hits[0]).not.toHaveProperty('_source');
  });

  test('text is matched and scored as 32-bit numbers', async () => {
    const { json } = await api.send('POST', '/jobs/_search', { query: { match: { message: 'lost' } } });
    expect(json.hits.total.value).toBe(25);
    expect(String(json.hits.hits[0]._score).length).toBeLessThan(13);
  });

  test('a post filter narrows hits but not aggregations', async () => {
    const { json } = await api.send('POST', '/jobs/_search', {
      size: 0,
      post_filter: { term: { status: 'failed' } },
      aggs: { by_status: { terms: { field: 'status' } } },
    });
    expect(json.hits.total.value).toBe(10);
    expect(json.aggregations.by_status.buckets).toEqual([
      { key: 'succeeded', doc_count: 30 },
      { key: 'failed', doc_count: 10 },
      { key: 'running', doc_count: 10 },
    ]);
  });

  test('typed keys name the type of every aggregation', async () => {
    const { json } = await api.send('POST', '/jobs/_search?typed_keys=true&size=0', {
      aggs: {
        days: {
          date_histogram: { field: 'start-time', calendar_interval: 'day' },
          aggs: { statuses: { terms: { field: 'status' } } },
        },
        latest: { max: { field: 'start-time' } },
      },
    });
    const [name, histogram] = Object.entries(json.aggregations)[0] as [string, { buckets: unknown[] }];
    expect(name).toBe('date_histogram#days');
    expect(histogram.buckets).toHaveLength(10);
    expect(histogram.buckets[0]).toMatchObject({ key_as_string: '2024-01-01T00:00:00.000Z', doc_count: 5 });
    expect(histogram.buckets[0]).toHaveProperty('sterms#statuses');
    expect(json.aggregations['max#latest']).toHaveProperty('value_as_string');
  });

  test('the query string of a request can state a query', async () => {
    expect((await api.send('GET', '/jobs/_count?q=status:failed')).json.count).toBe(10);
    expect((await api.send('GET', '/jobs/_search?q=n:%5B10+TO+12%5D&sort=n:desc')).json.hits.hits[0]._id).toBe(
      'job-12',
    );
  });

  test('totals can be capped, left out, or one number', async () => {
    const total = async (query: string) => (await api.send('GET', `/jobs/_search?size=0&${query}`)).json.hits.total;
    expect(await total('track_total_hits=20')).toEqual({ value: 20, relation: 'gte' });
    expect(await total('track_total_hits=false')).toBeUndefined();
    expect(await total('rest_total_hits_as_int=true')).toBe(50);
  });

  test('filter_path keeps the named parts alone', async () => {
    const { json } = await api.send('GET', '/jobs/_search?size=2&filter_path=hits.hits._id,hits.total.value');
    expect(json).toEqual({ hits: { total: { value: 50 }, hits: [{ _id: 'job-00' }, { _id: 'job-01' }] } });
  });

  test('a filtered alias shows its part of the index alone', async () => {
    expect((await api.client.count({ index: 'running' })).count).toBe(10);
    expect((await api.client.count({ index: 'running,other' })).count).toBe(11);
    expect((await api.client.count({ index: 'running,everything' })).count).toBe(50);
  });

  test('expressions of indices take wildcards, exclusions and missing names', async () => {
    const count = async (expression: string, query = '') => api.send('GET', `/${expression}/_count${query}`);
    expect((await count('*')).json.count).toBe(51);
    expect((await count('*,-jobs')).json.count).toBe(1);
    expect((await count('_all')).json.count).toBe(51);
    expect((await count('nope*')).json.count).toBe(0);
    expect((await count('jobs,nope')).status).toBe(404);
    expect((await count('jobs,nope', '?ignore_unavailable=true')).json.count).toBe(50);
    expect((await count('nope*', '?allow_no_indices=false')).status).toBe(404);
  });

  test('an index that cannot sort is left out and reported', async () => {
    const { json } = await api.send('GET', '/jobs,other/_search?sort=n:desc&size=1');
    expect(json.hits.hits[0]._id).toBe('job-49');
    expect(json._shards).toMatchObject({ total: 2, successful: 1, failed: 1 });
    expect(json._shards.failures[0]).toMatchObject({ index: 'other', reason: { type: 'query_shard_exception' } });
  });

  test('several searches are answered at once, each with its own outcome', async () => {
    const answer = await api.client.msearch({
      searches: [
        { index: 'jobs' },
        { query: { term: { status: 'failed' } }, size: 1 },
        { index: 'nope' },
        {},
        { index: 'jobs' },
        { query: { range: { n: { gte: 'no number' } } } },
      ],
    });
    expect(answer.responses.map((response) => response.status)).toEqual([200, 404, 400]);
    expect(answer.responses[0]).toMatchObject({ hits: { total: { value: 10 } } });
  });

  test('one search that cannot be read fails all that are sent with it', async () => {
    const lines = [{ index: 'jobs' }, {}, { index: 'jobs' }, { query: { nonsense: {} } }];
    const answer = await api.send('POST', '/_msearch', `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    expect(answer.status).toBe(400);
    expect(answer.json.error.reason).toBe('unknown query [nonsense]');
  });

  test.each([
    ['/jobs/_search?size=10001', {}, 'all shards failed'],
    [
      '/jobs/_search?fron=1',
      {},
      'request [/jobs/_search] contains unrecognized parameter: [fron] -> did you mean [from]?',
    ],
    ['/jobs/_search', { nonsense: {} }, 'Unknown key for a START_OBJECT in [nonsense].'],
    ['/jobs/_search', { collapse: { field: 'n', inner_hits: {} } }, 'Field name cannot be null'],
    ['/jobs/_count', { size: 1 }, 'request does not support [size]'],
  ])('%s %j is refused', async (path, body, reason) => {
    const { status, json } = await api.send('POST', path, body);
    expect(status).toBe(400);
    expect(json.error.reason).toBe(reason);
  });

  test('a clause that stands twice is refused, not dropped', async () => {
    const response = await fetch(`${api.url}/jobs/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":{"bool":{"must":[{"match_none":{}}],"must":[]}}}',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("Duplicate field 'must'");
  });

  test('an error of every shard has the shape of a failed search', async () => {
    const { status, json } = await api.send('GET', '/jobs/_search?sort=nope');
    expect(status).toBe(400);
    expect(json.error).toMatchObject({
      type: 'search_phase_execution_exception',
      reason: 'all shards failed',
      phase: 'query',
      grouped: true,
      root_cause: [{ type: 'query_shard_exception', reason: 'No mapping found for [nope] in order to sort on' }],
      failed_shards: [{ shard: 0, index: 'jobs' }],
    });
  });

  test('a query is validated without being run', async () => {
    expect((await api.client.indices.validateQuery({ index: 'jobs', q: 'status:x' })).valid).toBe(true);
    expect((await api.send('POST', '/jobs/_validate/query', { query: { nonsense: {} } })).json.valid).toBe(false);
  });

  test('one document is tried against a query', async () => {
    const tried = async (id: string) =>
      api.send('POST', `/jobs/_explain/${id}`, { query: { term: { status: 'failed' } } });
    expect((await tried('job-05')).json).toMatchObject({ matched: true, _id: 'job-05' });
    expect((await tried('job-06')).json).toMatchObject({ matched: false });
    expect((await tried('nowhere')).status).toBe(404);
  });

  test('capabilities of fields follow the mapping', async () => {
    const { fields } = await api.client.fieldCaps({ index: 'jobs', fields: ['message', 'status'] });
    expect(fields).toEqual({
      message: { text: { type: 'text', searchable: true, aggregatable: false } },
      status: { keyword: { type: 'keyword', searchable: true, aggregatable: true } },
    });
  });
});

describe('reading page by page', () => {
  test.each([
    ['in document order', { sort: ['_doc'] }],
    ['in the order of a field', { sort: [{ n: 'desc' as const }] }],
    ['in the order of scores', { query: { match: { message: 'granule' } } }],
  ])('a scroll %s gives every document once', async (_name, body) => {
    const seen: unknown[] = [];
    let page = await api.client.search({ index: 'jobs', scroll: '1m', size: 8, ...body });
    while (page.hits.hits.length > 0) {
      seen.push(...idsOf(page));
      page = await api.client.scroll({ scroll_id: page._scroll_id ?? '', scroll: '1m' });
    }
    expect(new Set(seen).size).toBe(50);
    expect(seen).toHaveLength(50);
    expect((await api.client.clearScroll({ scroll_id: page._scroll_id ?? '' })).num_freed).toBe(1);
    const { status } = await api.send('POST', '/_search/scroll', { scroll_id: page._scroll_id });
    expect(status).toBe(404);
  });

  test('a scroll shows the documents as they were when it was opened', async () => {
    await api.client.bulk({
      index: 'frozen',
      operations: [1, 2, 3, 4].flatMap((n) => [{ index: { _id: `${n}` } }, { n }]),
    });
    const first = await api.client.search({ index: 'frozen', scroll: '1m', size: 2, sort: [{ n: 'asc' }] });
    await api.client.index({ index: 'frozen', id: '3', document: { n: 0 } });
    await api.client.delete({ index: 'frozen', id: '4' });
    const second = await api.client.scroll({ scroll_id: first._scroll_id ?? '' });
    expect(second.hits.hits.map(({ _id, _source }) => [_id, _source])).toEqual([
      ['3', { n: 3 }],
      ['4', { n: 4 }],
    ]);
  });

  test('a point in time is searched page by page', async () => {
    const { id } = await api.client.openPointInTime({ index: 'jobs', keep_alive: '1m' });
    const body = { pit: { id, keep_alive: '1m' }, size: 30, sort: [{ 'start-time': 'asc' as const }] };
    const first = await api.client.search(body);
    expect(first.pit_id).toBe(id);
    expect(first.hits.hits.at(-1)?.sort).toHaveLength(2);
    const second = await api.client.search({ ...body, search_after: first.hits.hits.at(-1)?.sort as number[] });
    expect(new Set([...idsOf(first), ...idsOf(second)]).size).toBe(50);
    expect((await api.client.closePointInTime({ id })).num_freed).toBe(1);
    expect((await api.send('POST', '/_search', { pit: { id } })).status).toBe(404);
  });

  test('a point in time is searched from its last document back', async () => {
    const { id } = await api.client.openPointInTime({ index: 'jobs', keep_alive: '1m' });
    const forward = await api.client.search({ pit: { id }, size: 50, sort: [{ _doc: { order: 'asc' } }] });
    const body = { pit: { id }, size: 25, sort: [{ _doc: { order: 'desc' as const } }] };
    const first = await api.client.search(body);
    const second = await api.client.search({ ...body, search_after: first.hits.hits.at(-1)?.sort as number[] });
    expect([...idsOf(first), ...idsOf(second)]).toEqual(idsOf(forward).toReversed());
  });

  test('the slices of a point in time give every document once', async () => {
    const { id } = await api.client.openPointInTime({ index: 'jobs', keep_alive: '1m' });
    const slices = await Promise.all(
      ['0', '1', '2'].map((slice) => api.client.search({ pit: { id }, size: 100, slice: { id: slice, max: 3 } })),
    );
    const ids = slices.flatMap(idsOf);
    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(50);
    expect(slices.every(({ hits }) => hits.hits.length < 50)).toBe(true);
  });

  test('a point in time goes on after the values of the keys alone too', async () => {
    const { id } = await api.client.openPointInTime({ index: 'jobs', keep_alive: '1m' });
    const body = { pit: { id }, size: 50, sort: [{ 'start-time': 'asc' as const }, { _id: 'asc' as const }] };
    const all = await api.client.search(body);
    const after = all.hits.hits[19]?.sort?.slice(0, 2) as string[];
    expect(idsOf(await api.client.search({ ...body, search_after: after }))).toEqual(idsOf(all).slice(20));
  });

  test.each([
    ['/_search?routing=a&preference=b', {}, '1: [routing] cannot be used with point in time;2: [preference] cannot'],
    ['/_search?ignore_unavailable=true', {}, '[indicesOptions] cannot be used with point in time'],
    ['/jobs/_search', {}, '[indices] cannot be used with point in time'],
    ['/_search?scroll=1m', {}, 'using [point in time] is not allowed in a scroll context'],
    ['/_search', { other: 1 }, '[pit] unknown field [other]'],
    ['/_search', { id: undefined }, 'point int time id is not provided'],
    ['/_search', { id: 'nonsense' }, 'invalid id: [nonsense]'],
  ])('a point in time is not searched by %s with %o', async (path, pit, reason) => {
    const { id } = await api.client.openPointInTime({ index: 'jobs', keep_alive: '1m' });
    const { status, json } = await api.send('POST', path, { pit: { id, ...pit } });
    expect(status).toBe(400);
    expect(json.error.reason).toContain(reason);
  });

  test('the place among all documents is an order in a point in time alone', async () => {
    const { status, json } = await api.send('POST', '/jobs/_search', { sort: ['_shard_doc'] });
    expect(status).toBe(400);
    expect(json.error.root_cause[0].reason).toBe('No mapping found for [_shard_doc] in order to sort on');
  });

  test('each index tells that a page is too large for it', async () => {
    await api.client.indices.create({ index: 'wide', settings: { 'index.max_result_window': 20_000 } });
    const { status, json } = await api.send('POST', '/jobs,wide/_search', { size: 15_000 });
    expect(status).toBe(200);
    expect(json._shards.failures.map(({ index }: { index: string }) => index)).toEqual(['jobs']);
  });

  test('a point in time of several indices tells equal hits of different indices apart', async () => {
    for (const index of ['twin-1', 'twin-2']) {
      await api.client.bulk({
        index,
        operations: [1, 2, 3].flatMap((n) => [{ index: { _id: `${index}-${n}` } }, { n: 1 }]),
      });
    }
    const { id } = await api.client.openPointInTime({ index: 'twin-*', keep_alive: '1m' });
    const seen: unknown[] = [];
    let after: number[] | undefined;
    for (;;) {
      const page = await api.client.search({
        pit: { id },
        size: 1,
        sort: [{ n: 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      });
      if (page.hits.hits.length === 0) break;
      seen.push(...idsOf(page));
      after = page.hits.hits[0]?.sort as number[];
    }
    expect(seen.toSorted()).toEqual(['twin-1-1', 'twin-1-2', 'twin-1-3', 'twin-2-1', 'twin-2-2', 'twin-2-3']);
  });

  test('a point in time shows the documents as they were when it was opened, even of an index that is gone', async () => {
    await api.client.index({ index: 'pinned', id: '1', document: { status: 'running' } });
    const { id } = await api.client.openPointInTime({ index: 'pinned', keep_alive: '1m' });
    await api.client.index({ index: 'pinned', id: '1', document: { status: 'failed' } });
    await api.client.index({ index: 'pinned', id: '2', document: { status: 'running' } });
    const find = async () =>
      (await api.client.search({ pit: { id }, query: { match: { status: 'running' } } })).hits.hits;
    expect((await find()).map(({ _id, _source }) => [_id, _source])).toEqual([['1', { status: 'running' }]]);
    await api.client.indices.delete({ index: 'pinned' });
    expect(await find()).toHaveLength(1);
  });

  test('a point in time of no index finds nothing', async () => {
    const { json } = await api.send('POST', '/nothing-*/_pit?keep_alive=1m');
    expect((await api.send('POST', '/_search', { pit: { id: json.id } })).json.hits.total.value).toBe(0);
  });

  test("OpenSearch's point in time differs in its names", async () => {
    const { json } = await api.send('POST', '/jobs/_search/point_in_time?keep_alive=1m');
    expect(json).toHaveProperty('pit_id');
    const closed = await api.send('DELETE', '/_search/point_in_time', { pit_id: [json.pit_id] });
    expect(closed.json.pits).toEqual([{ pit_id: json.pit_id, successful: true }]);
  });

  test('a scroll context takes no offset and no empty page', async () => {
    const refused = await api.send('POST', '/jobs/_search?scroll=1m', { from: 1 });
    expect(refused.json.error.reason).toBe('Validation Failed: 1: using [from] is not allowed in a scroll context;');
    expect((await api.send('POST', '/jobs/_search?scroll=1m&size=0')).status).toBe(400);
  });
});

test.each(['/jobs/_search', '/_msearch'])(
  'a profile is refused by name at %s, unless it is not wanted',
  async (path) => {
    const send = async (profile: unknown) => {
      const body = { profile, size: 1 };
      const isMulti = path === '/_msearch';
      const { json } = await api.send('POST', path, isMulti ? `{"index":"jobs"}\n${JSON.stringify(body)}\n` : body);
      return isMulti ? json.responses[0] : json;
    };
    expect(await send(true)).toMatchObject({
      error: { type: 'illegal_argument_exception', reason: '[profile] of a search is not supported by this server' },
      status: 400,
    });
    expect((await send(false)).hits.hits).toHaveLength(1);
  },
);
