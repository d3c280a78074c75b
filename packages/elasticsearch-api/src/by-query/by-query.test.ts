import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testing/start-api.ts';

const documents = 40;
let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const lines = Array.from({ length: documents }, (_, n) => `{"index":{"_id":"${n}"}}\n{"n":${n}}\n`);
  await api.send('POST', '/whole/_bulk', lines.join(''));
});
afterAll(() => api.stop());

test.each(['_id', 'n'])('slices by %s copy every document once', async (field) => {
  const dest = { index: `slices-by${field.replace('_', '-')}` };
  let created = 0;
  for (const id of [0, 1, 2]) {
    const source = { index: 'whole', slice: { field, id, max: 3 }, size: 5, sort: { n: 'desc' } };
    const { json } = await api.send('POST', '/_reindex', { source, dest });
    expect(json).toMatchObject({ slice_id: id, updated: 0, total: json.created });
    expect(json.created).toBeGreaterThan(0);
    created += json.created;
  }
  expect(created).toBe(documents);
});

test('pages of a sort by dates in a format of years take every document once', async () => {
  const lines = Array.from(
    { length: 30 },
    (_, n) => `{"index":{}}\n{"at":"2024-01-${String(n + 1).padStart(2, '0')}"}\n`,
  );
  await api.send('POST', '/dated/_bulk', lines.join(''));
  const source = { index: 'dated', size: 4, sort: { at: { order: 'asc', format: 'yyyy' } } };
  const { json } = await api.send('POST', '/_reindex', { source, dest: { index: 'dated-copy' } });
  expect(json).toMatchObject({ created: 30, updated: 0, batches: 8 });
});

test('a task keeps its result as a person reads it', async () => {
  const body = { source: { index: ['whole', 'dated'] }, dest: { index: 'both' } };
  const { json: begun } = await api.send('POST', '/_reindex?wait_for_completion=false', body);
  const { json } = await api.send('GET', `/_tasks/${begun.task}?wait_for_completion=true`);
  expect(json.task.description).toBe('reindex from [whole, dated] to [both][_doc]');
  expect(json.response).toMatchObject({ created: 70, throttled: '0s', throttled_until: '0s' });
  expect(json.task.status).not.toHaveProperty('throttled');
});
