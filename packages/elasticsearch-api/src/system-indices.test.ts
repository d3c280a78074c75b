import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

const key = 'k'.repeat(40);
const authorization = `ApiKey ${key}`;
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ systemKey: key });
  await api.send('PUT', '/processes/_doc/p', { cwl: 'x' }, { authorization });
  await api.client.index({ index: 'jobs', id: '1', document: {} });
});

afterAll(() => api.stop());

describe('system indices', () => {
  test.each([
    ['PUT', '/processes/_doc/p', {}],
    ['POST', '/processes/_doc', {}],
    ['PUT', '/processes/_create/q', {}],
    ['POST', '/processes/_update/p', { doc: { cwl: 'evil' } }],
    ['DELETE', '/processes/_doc/p', undefined],
    ['DELETE', '/processes', undefined],
    ['PUT', '/workers', {}],
    ['PUT', '/job-updates/_doc/1', {}],
    ['PUT', '/processes/_mapping', { properties: { x: { type: 'long' } } }],
    ['PUT', '/processes/_settings', { refresh_interval: '1s' }],
    ['POST', '/processes/_close', undefined],
    ['PUT', '/processes/_alias/mine', undefined],
    ['PUT', '/jobs/_alias/workers', undefined],
    ['POST', '/_aliases', { actions: [{ remove_index: { index: 'processes' } }] }],
    ['POST', '/processes/_delete_by_query', { query: { match_all: {} } }],
    ['POST', '/processes/_update_by_query', undefined],
    ['POST', '/_reindex', { source: { index: 'jobs' }, dest: { index: 'processes' } }],
    ['PUT', '/_index_template/mine', { index_patterns: ['proc*'], template: {} }],
    ['PUT', '/_template/mine', { index_patterns: ['*'] }],
  ])('%s %s %j needs the key', async (method, path, body) => {
    const { status, json } = await api.send(method, path, body);
    expect(json.error.type).toBe('security_exception');
    expect(status).toBe(403);
    expect((await api.send('GET', '/processes/_source/p')).json).toEqual({ cwl: 'x' });
  });

  test('an alias cannot be rolled over to one that is not there yet', async () => {
    await api.send('PUT', '/rolled-1', { aliases: { rolled: {} } });
    for (const query of ['', '?dry_run=true']) {
      const { status, json } = await api.send('POST', `/rolled/_rollover/workers${query}`);
      expect(json.error.type).toBe('security_exception');
      expect(status).toBe(403);
    }
    expect((await api.send('HEAD', '/workers')).status).toBe(404);
  });

  test('each action of a bulk is judged alone', async () => {
    const body = '{"index":{"_index":"processes","_id":"p"}}\n{}\n{"index":{"_index":"jobs","_id":"2"}}\n{}\n';
    const { json } = await api.send('POST', '/_bulk', body);
    expect(json.items[0].index).toMatchObject({ status: 403, error: { type: 'security_exception' } });
    expect(json.items[1].index.status).toBe(201);
  });

  test('everyone reads them, together with other indices', async () => {
    expect((await api.send('GET', '/processes,jobs/_search')).json.hits.total.value).toBeGreaterThanOrEqual(2);
    expect((await api.send('GET', '/processes/_mapping')).status).toBe(200);
  });

  test('a wildcard passes over them when it deletes', async () => {
    await api.send('PUT', '/scratch');
    expect((await api.send('DELETE', '/*')).status).toBe(200);
    expect((await api.send('HEAD', '/scratch')).status).toBe(404);
    expect((await api.send('GET', '/processes/_source/p')).json).toEqual({ cwl: 'x' });
    expect((await api.send('POST', '/_all/_delete_by_query', { query: { match_all: {} } })).json.deleted).toBe(0);
  });

  test('a wrong key is no key', async () => {
    const answer = await api.send('DELETE', '/processes', undefined, { authorization: `ApiKey ${'x'.repeat(40)}` });
    expect(answer.status).toBe(403);
    const basic = await api.send('DELETE', '/processes', undefined, { authorization: `Basic ${key}` });
    expect(basic.status).toBe(403);
  });

  test('the key opens all of it', async () => {
    expect((await api.send('PUT', '/processes/_doc/p', { cwl: 'y' }, { authorization })).status).toBe(200);
    expect((await api.send('DELETE', '/processes', undefined, { authorization })).status).toBe(200);
  });
});
