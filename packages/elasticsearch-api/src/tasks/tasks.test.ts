import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const lines = Array.from({ length: 5000 }, (_, n) => `{"index":{}}\n{"n":${n}}\n`);
  await api.send('POST', '/many/_bulk', lines.join(''));
});
afterAll(() => api.stop());

interface TaskAnswer {
  readonly completed: boolean;
  readonly task: { readonly running_time_in_nanos: number; readonly status: { readonly updated: number } };
  readonly response: { readonly canceled?: string; readonly updated: number; readonly total: number };
}

async function start(): Promise<string> {
  const script = { source: 'ctx._source.n += 1' };
  const path = '/many/_update_by_query?wait_for_completion=false&scroll_size=10';
  return ((await api.send('POST', path, { script })).json as { task: string }).task;
}

describe('a task', () => {
  test('is listed by the name of its action, and ends after its batch when it is cancelled', async () => {
    const task = await start();
    const list = await api.send('GET', '/_tasks?actions=*byquery&detailed');
    expect(list.text).toContain(`"${task}":{`);
    expect((await api.send('GET', '/_tasks?actions=*nothing')).json).toEqual({ nodes: {} });
    expect((await api.send('GET', '/_cat/tasks?h=task_id,action')).text).toContain(`${task} `);
    const cancelled = await api.send('POST', `/_tasks/${task}/_cancel?wait_for_completion=true`);
    expect(cancelled.text).toContain(`"${task}":{`);
    const { completed, response } = (await api.send('GET', `/_tasks/${task}`)).json as TaskAnswer;
    expect(completed).toBe(true);
    expect(response).toMatchObject({ canceled: 'by user request', failures: [] });
    expect(response.total).toBe(5000);
    expect(response.updated).toBeLessThan(5000);
  });

  test('tells how far it is, and is waited for', async () => {
    const task = await start();
    const early = await api.send('GET', `/_tasks/${task}?wait_for_completion=true&timeout=0`);
    expect(early.status).toBe(500);
    expect(early.json).toMatchObject({ error: { type: 'timeout_exception' }, status: 500 });
    expect((await api.send('GET', '/_tasks?wait_for_completion=true&timeout=0')).json).toMatchObject({
      node_failures: [{ caused_by: { type: 'receive_timeout_transport_exception' } }],
    });
    const { json } = await api.send('GET', '/_tasks?detailed=true&group_by=none');
    const [listed] = (json as { tasks: { status: { updated: number; total: number } }[] }).tasks;
    expect(listed?.status).toMatchObject({ created: 0, deleted: 0, version_conflicts: 0 });
    expect(listed?.status.updated).toBeLessThan(5000);
    expect((await api.send('GET', '/_tasks')).text).not.toContain('status');
    const ended = (await api.send('GET', `/_tasks/${task}?wait_for_completion=true`)).json as TaskAnswer;
    expect(ended).toMatchObject({ completed: true, task: { status: { updated: 5000 } }, response: { updated: 5000 } });
    const later = (await api.send('GET', `/_tasks/${task}`)).json as TaskAnswer;
    expect(later.task.running_time_in_nanos).toBe(ended.task.running_time_in_nanos);
  });

  test('is cancelled by the name of its action', async () => {
    const task = await start();
    await api.send('POST', '/_tasks/_cancel?actions=*nothing&wait_for_completion=true');
    expect((await api.send('POST', '/_tasks/_cancel?actions=*update/byquery')).text).toContain(task);
  });

  test('that is none cannot be cancelled', async () => {
    const node = (await start()).split(':')[0];
    expect((await api.send('POST', `/_tasks/${node}:999999/_cancel`)).json).toEqual({
      node_failures: [
        {
          type: 'failed_node_exception',
          reason: `Failed node [${node}]`,
          node_id: node,
          caused_by: { type: 'resource_not_found_exception', reason: `task [${node}:999999] is not found` },
        },
      ],
      nodes: {},
    });
    for (const [method, path] of [
      ['GET', '/_tasks/nope'],
      ['POST', '/_tasks/nope/_cancel'],
    ] as const) {
      expect((await api.send(method, path)).json).toMatchObject({ error: { reason: 'malformed task id nope' } });
    }
  });
});

test.each([
  ['PUT', '/many/_shrink/few', 'shrinking of an index'],
  ['PUT', '/_ingest/pipeline/p', 'an ingest pipeline'],
  ['PUT', '/_snapshot/s', 'a snapshot'],
  ['POST', '/_sql?format=txt', 'SQL'],
  ['POST', '/many/_async_search?wait_for_completion_timeout=1s', 'an asynchronous search'],
  ['POST', '/many/_search/template', 'a search template'],
])('%s %s is refused by name', async (method, path, what) => {
  const { status, json } = await api.send(method, path, method === 'GET' ? undefined : {});
  expect(status).toBe(400);
  const reason = `${what} is not supported by this server`;
  expect(json).toMatchObject({ error: { type: 'illegal_argument_exception', reason }, status: 400 });
});

test.each([
  ['/_snapshot/s', 404],
  ['/_snapshot', 200],
  ['/_ingest/pipeline/p', 404],
  ['/_scripts/s', 404],
  ['/_remote/info', 200],
  ['/_cat/plugins?v', 200],
  ['/_cat/fielddata?format=json', 200],
])('%s, of which there is none, answers %d', async (path, status) => {
  expect((await api.send('GET', path)).status).toBe(status);
});
