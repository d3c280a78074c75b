import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';
import { Throttle } from './throttle.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  await api.send('POST', '/ten/_bulk', lines(10));
});
afterAll(() => api.stop());

function lines(count: number): string {
  return Array.from({ length: count }, (_, n) => `{"index":{"_id":"${n}"}}\n{"n":${n}}\n`).join('');
}

/** Starts a run that waits for hours behind its first batch, and resolves when it does. */
async function startWaiting(to: TestApi, options = ''): Promise<string> {
  const path = `/ten/_update_by_query?wait_for_completion=false&scroll_size=4&requests_per_second=0.001${options}`;
  const { task } = (await to.send('POST', path)).json;
  await expect.poll(async () => (await statusOf(to, task)).throttled_until_millis).toBeGreaterThan(0);
  return task;
}

async function statusOf(to: TestApi, task: string) {
  return (await to.send('GET', `/_tasks/${task}`)).json.task.status;
}

async function responseOf(task: string) {
  return (await api.send('GET', `/_tasks/${task}?wait_for_completion=true`)).json.response;
}

describe('a throttle', () => {
  const { signal } = new AbortController();

  test('waits for the time that a batch takes at its rate', async () => {
    const startMs = performance.now();
    expect(await new Throttle(200, signal).wait(5)).toBe(25);
    expect(performance.now() - startMs).toBeGreaterThan(23);
  });

  test.each([
    ['without a limit', Number.POSITIVE_INFINITY, 1000],
    ['behind a batch that wrote nothing', 1, 0],
  ])('does not wait %s', async (_where, rate, writes) => {
    expect(await new Throttle(rate, signal).wait(writes)).toBe(0);
  });

  test('shortens a wait where it becomes faster, and lets it be where it becomes slower', async () => {
    const throttle = new Throttle(1, signal);
    const waited = throttle.wait(100);
    throttle.rethrottle(0.1);
    expect(throttle.untilMs).toBeGreaterThan(99_000);
    expect(throttle.untilMs).toBeLessThanOrEqual(100_000);
    throttle.rethrottle(2);
    expect(throttle.untilMs).toBeGreaterThan(49_000);
    expect(throttle.untilMs).toBeLessThanOrEqual(50_000);
    throttle.rethrottle(10_000);
    expect(throttle.untilMs).toBeLessThanOrEqual(10);
    expect(await waited).toBeLessThanOrEqual(10);
    expect(throttle.untilMs).toBe(0);
  });

  test('waits for no longer than an hour', async () => {
    const cancellation = new AbortController();
    const throttle = new Throttle(1e-40, cancellation.signal);
    const waited = throttle.wait(1);
    expect(throttle.untilMs).toBeGreaterThan(3_590_000);
    expect(throttle.untilMs).toBeLessThanOrEqual(3_600_000);
    cancellation.abort('enough');
    expect(await waited).toBe(0);
    expect(throttle.canceled).toBe('enough');
  });
});

describe('a throttled run', () => {
  test('waits behind each batch, and tells how long', async () => {
    const startMs = performance.now();
    const { json } = await api.send('POST', '/ten/_update_by_query?requests_per_second=200&scroll_size=4');
    expect(json).toMatchObject({ updated: 10, batches: 3, throttled_millis: 50, throttled_until_millis: 0 });
    expect(performance.now() - startMs).toBeGreaterThan(45);
  });

  test('does not wait once it has as many documents as it may take', async () => {
    const path = '/ten/_update_by_query?requests_per_second=0.001&scroll_size=4&max_docs=4';
    expect((await api.send('POST', path)).json).toMatchObject({ updated: 4, throttled_millis: 0 });
  });

  test('goes on at once where its limit is taken away by any of the paths', async () => {
    for (const kind of ['_update_by_query', '_delete_by_query', '_reindex']) {
      const task = await startWaiting(api);
      expect(await statusOf(api, task)).toMatchObject({ updated: 4, batches: 1, requests_per_second: 0.001 });
      const { json } = await api.send('POST', `/${kind}/${task}/_rethrottle?requests_per_second=-1&group_by=none`);
      expect(json.tasks).toMatchObject([
        { status: { updated: 4, requests_per_second: -1, throttled_until_millis: 0 } },
      ]);
      expect(await responseOf(task)).toMatchObject({ updated: 10, throttled: '0s', requests_per_second: -1 });
    }
  });

  test('shares its rate among its slices', async () => {
    const task = await startWaiting(api, '&slices=2');
    await api.send('POST', `/_update_by_query/${task}/_rethrottle?requests_per_second=1000`);
    const { slices, ...sum } = await responseOf(task);
    expect(sum).toMatchObject({ updated: 10, requests_per_second: 1000 });
    expect(slices).toMatchObject([{ requests_per_second: 500 }, { requests_per_second: 500 }]);
  });

  test('is refused where as many run as scrolls may be open', async () => {
    const limit = async (count: number | null) =>
      api.send('PUT', '/_cluster/settings', { transient: { 'search.max_open_scroll_context': count } });
    await limit(1);
    const task = await startWaiting(api);
    const { status, json } = await api.send('POST', '/ten/_update_by_query');
    expect(status).toBe(500);
    expect(json.error.root_cause[0].reason).toContain('Trying to create too many scroll contexts');
    await api.send('POST', `/_tasks/${task}/_cancel?wait_for_completion=true`);
    expect((await api.send('POST', '/ten/_update_by_query')).status).toBe(200);
    await limit(null);
  });

  test('stops waiting when it is cancelled', async () => {
    const task = await startWaiting(api);
    await api.send('POST', `/_tasks/${task}/_cancel?wait_for_completion=true`);
    const canceled = { updated: 4, batches: 1, canceled: 'by user request', requests_per_second: -1 };
    expect(await responseOf(task)).toMatchObject(canceled);
    expect(await statusOf(api, task)).toMatchObject(canceled);
  });

  test('that is waited for is a task until it is answered', async () => {
    const answer = api.send('POST', '/_reindex?requests_per_second=0.001', {
      source: { index: 'ten', size: 5 },
      dest: { index: 'copy' },
    });
    const list = async () => (await api.send('GET', '/_tasks?group_by=none&detailed')).json.tasks;
    await expect.poll(async () => (await list())[0]?.status.throttled_until_millis).toBeGreaterThan(0);
    const [{ node, id }] = await list();
    expect((await api.send('GET', '/ten/_count')).json.count).toBe(10);
    await api.send('POST', `/_reindex/${node}:${id}/_rethrottle?requests_per_second=-1`);
    expect((await answer).json).toMatchObject({ created: 10, requests_per_second: -1 });
    expect((await api.send('GET', `/_tasks/${node}:${id}`)).status).toBe(404);
  });

  test('ends with the server, whoever waits for it', async () => {
    const closing = await startApi();
    await closing.send('POST', '/ten/_bulk', lines(10));
    await startWaiting(closing);
    const answer = closing.send('POST', '/ten/_delete_by_query?requests_per_second=0.001&scroll_size=4', {
      query: { match_all: {} },
    });
    await expect.poll(async () => (await closing.send('GET', '/_count')).json.count).toBe(6);
    await closing.stop();
    expect((await answer).json).toMatchObject({ deleted: 4, canceled: 'the server is shutting down' });
  });
});

test('a task that does not run is not throttled', async () => {
  const task = await startWaiting(api);
  const [node] = task.split(':');
  const rethrottle = async (id: string) =>
    (await api.send('POST', `/_reindex/${id}/_rethrottle?requests_per_second=1`)).json;
  const missing = (id: string) => ({
    node_failures: [
      {
        type: 'failed_node_exception',
        reason: `Failed node [${node}]`,
        node_id: node,
        caused_by: { type: 'resource_not_found_exception', reason: `task [${id}] is missing` },
      },
    ],
    nodes: {},
  });
  await api.send('POST', `/_tasks/${task}/_cancel?wait_for_completion=true`);
  expect(await rethrottle(task)).toEqual(missing(task));
  expect(await rethrottle(`${node}:999999`)).toEqual(missing(`${node}:999999`));
});
