import { setTimeout as passed } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const lines = Array.from({ length: 20_000 }, (_, n) => `{"index":{}}\n{"id":"granule-${n}-of-20000","n":${n}}\n`);
  await api.send('PUT', '/many', { mappings: { properties: { id: { type: 'keyword' } } } });
  await api.send('POST', '/many/_bulk', lines.join(''));
});
afterAll(() => api.stop());
afterEach(() => api.send('POST', '/_tasks/_cancel?wait_for_completion=true'));

/** Takes seconds. */
const query = {
  bool: { should: Array.from({ length: 500 }, (_, n) => ({ regexp: { id: `.*${n}.*[a-f]${n % 10}.*` } })) },
};

async function runningTask(actions = '*search'): Promise<{ readonly id: string; readonly description: string }> {
  for (;;) {
    const { json } = await api.send('GET', `/_tasks?detailed&group_by=none&actions=${actions}`);
    const [task] = json.tasks;
    if (task !== undefined) return { ...task, id: `${task.node}:${task.id}` };
    await passed(2);
  }
}

const cancelled = {
  status: 500,
  json: {
    error: {
      root_cause: [{ type: 'task_cancelled_exception', reason: 'cancelled' }],
      type: 'search_phase_execution_exception',
      reason: 'all shards failed',
    },
  },
};

describe('a search that takes long', () => {
  test('is a task with the words that were sent, and ends when it is cancelled', async () => {
    const search = api.send('POST', '/many/_search?size=1', { query }, { 'x-opaque-id': 'dashboard 3' });
    const { id, description } = await runningTask();
    expect(description).toMatch(
      /^indices\[many\], types\[\], search_type\[QUERY_THEN_FETCH\], source\[\{"query":.*…\]$/,
    );
    const { text } = await api.send('GET', '/_cat/tasks?h=task_id,action,x_opaque_id');
    expect(text).toMatch(new RegExp(`^${id} +indices:data/read/search +dashboard 3$`, 'm'));
    expect((await api.send('POST', `/_tasks/${id}/_cancel`)).text).toContain(`"${id}"`);
    expect(await search).toMatchObject(cancelled);
    expect((await api.send('GET', '/_tasks')).json).toEqual({ nodes: {} });
  });

  test.each([
    ['a count', '/many/_count', { query }, '*search', cancelled],
    ['a scroll', '/many/_search?scroll=1m', { query }, '*search', cancelled],
    [
      'a search of several',
      '/_msearch',
      `{"index":"many"}\n${JSON.stringify({ query })}\n`,
      '*search',
      { status: 200, json: { responses: [cancelled.json] } },
    ],
  ])('%s too', async (_, path, body, actions, expected) => {
    const search = api.send('POST', path, body);
    await api.send('POST', `/_tasks/${(await runningTask(actions)).id}/_cancel`);
    expect(await search).toMatchObject(expected);
  });

  test('ends when nobody waits for it any more', async () => {
    const connection = new AbortController();
    const search = fetch(`${api.url}/many/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: connection.signal,
    });
    await runningTask();
    connection.abort();
    await expect(search).rejects.toThrow();
    const { json } = await api.send('GET', '/_tasks?wait_for_completion=true&timeout=1s');
    expect(json.node_failures).toBeUndefined();
  });

  test('is no task whose writes can be slowed down', async () => {
    const search = api.send('POST', '/many/_search', { query });
    const { id } = await runningTask();
    const { json } = await api.send('POST', `/_update_by_query/${id}/_rethrottle?requests_per_second=1`);
    expect(json).toMatchObject({ task_failures: [{ reason: { type: 'class_cast_exception' } }], nodes: {} });
    await api.send('POST', '/_tasks/_cancel?actions=*search');
    await search;
  });

  test('ends an update by query that looks for its documents', async () => {
    const path = '/many/_update_by_query?wait_for_completion=false';
    const { task } = (await api.send('POST', path, { query })).json;
    await api.send('POST', `/_tasks/${task}/_cancel`);
    const { json } = await api.send('GET', `/_tasks/${task}?wait_for_completion=true`);
    expect(json).toMatchObject({ completed: true, response: { canceled: 'by user request', total: 0, failures: [] } });
  });
});

describe('a search with a time limit', () => {
  const soon = { query, timeout: '20ms', aggs: { n: { terms: { field: 'n' } } } };

  test('answers what it has found by then', async () => {
    const startedMs = performance.now();
    const { status, json } = await api.send('POST', '/many/_search', soon);
    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect({ status, json }).toMatchObject({ status: 200, json: { timed_out: true, _shards: { failed: 0 } } });
    expect(json.aggregations.n.buckets).toEqual([]);
  });

  test('fails where part of an answer is none', async () => {
    const path = '/many/_search?timeout=20ms&allow_partial_search_results=false';
    expect(await api.send('POST', path, { query })).toMatchObject({
      status: 500,
      json: { error: { root_cause: [{ type: 'query_phase_execution_exception', reason: 'Time exceeded' }] } },
    });
  });

  test('that is not met answers all', async () => {
    for (const timeout of ['1h', '-1']) {
      const { json } = await api.send('POST', '/many/_search', { timeout, query: { term: { n: 3 } } });
      expect(json).toMatchObject({ timed_out: false, hits: { total: { value: 1 } } });
    }
  });

  test('has that of the cluster unless it says its own', async () => {
    const put = (timeout: string | null) =>
      api.send('PUT', '/_cluster/settings', { transient: { 'search.default_search_timeout': timeout } });
    await put('20ms');
    expect((await api.send('POST', '/many/_search', { query })).json.timed_out).toBe(true);
    const { should } = query.bool;
    const shorter = { bool: { should: should.slice(0, 20) } };
    expect((await api.send('POST', '/many/_search?timeout=-1', { query: shorter })).json.timed_out).toBe(false);
    await put(null);
  });
});
