import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from './testing/start-api.ts';

/** Makes a document of 280 kB, which is prepared before it is written. */
const PADDING = { granules: Array.from({ length: 4000 }, (_, at) => `s3://${'granule-of-the-year/'.repeat(3)}${at}`) };

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const mappings = {
  properties: {
    status: { type: 'keyword' },
    number: { type: 'integer' },
    granules: { type: 'keyword' },
  },
};

type Request = readonly [method: string, path: string, body?: object | readonly object[]];

const doc = (fields: object) => ({ ...fields, padded: true });

const REQUESTS: readonly Request[] = [
  ['PUT', '_doc/1', doc({ status: 'submitted', number: 1 })],
  ['PUT', '_create/1', doc({ status: 'submitted' })],
  ['PUT', '_doc/1?if_seq_no=5&if_primary_term=1', doc({})],
  ['PUT', '_doc/1?if_seq_no=5&if_primary_term=1', doc({ number: 'many' })],
  ['PUT', '_doc/1', doc({ number: { of: 'things' } })],
  ['PUT', '_doc/new?version=7&version_type=external', doc({ fresh: 'a new field' })],
  ['PUT', '_doc/new?version=7&version_type=external', doc({ fresh: 'a new field' })],
  ['POST', '_update/1?_source=status,number', { doc: { status: 'running' } }],
  ['POST', '_update/1?_source=status,number', { doc: { status: 'running' } }],
  ['POST', '_update/1', { doc: { number: 'many' } }],
  ['POST', '_update/1?if_seq_no=0&if_primary_term=1', { doc: { status: 'failed' } }],
  ['POST', '_update/absent', { doc: { status: 'running' } }],
  ['POST', '_update/upserted?_source=status', { doc: { status: 'running' }, upsert: doc({ status: 'submitted' }) }],
  ['POST', '_update/merged?_source=status', { doc: doc({ status: 'running' }), doc_as_upsert: true }],
  ['POST', '_update/1?_source=number', { script: { source: 'ctx._source.number += params.by', params: { by: 2 } } }],
  ['POST', '_update/1', { script: "ctx.op = 'none'" }],
  ['POST', '_update/1', { script: 'ctx._source.number.nothing()' }],
  ['POST', '_update/new', { script: "ctx.op = 'delete'" }],
  [
    'POST',
    '_bulk',
    [
      { index: { _id: '2' } },
      doc({ status: 'submitted', number: 2 }),
      { create: { _id: '2' } },
      doc({ status: 'submitted' }),
      { update: { _id: '2' } },
      { doc: { status: 'running', digits: 1 } },
      { update: { _id: 'absent' } },
      { doc: { status: 'running' } },
      { index: { _id: '3' } },
      doc({ number: 'many' }),
      { index: { _id: '3', routing: 'r' } },
      doc({ list: [1, 2.5] }),
      { delete: { _id: '3', routing: 'r' } },
    ],
  ],
  ['POST', '_update_by_query', { script: 'ctx._source.number = 7' }],
  ['GET', '_doc/1?_source=status,number'],
  ['GET', '_search?_source=status,number&sort=_doc&q=status:running'],
  ['GET', '_mapping'],
];

/** The body with the padding in the documents that ask for it, as they were sent where it is left out. */
function bodyOf(body: Request[2], padding: object): string | object | undefined {
  const filled = JSON.stringify(body, (_, value) => {
    if (typeof value !== 'object' || value === null || value.padded !== true) return value;
    const { padded: _padded, ...rest } = value;
    return { ...rest, ...padding };
  });
  if (body === undefined) return undefined;
  return Array.isArray(body)
    ? JSON.parse(filled)
        .map((line: object) => `${JSON.stringify(line)}\n`)
        .join('')
    : JSON.parse(filled);
}

test('what is prepared is answered as what is written at once', async () => {
  const answers: unknown[][] = [[], []];
  for (const [at, padding] of [{}, PADDING].entries()) {
    await api.send('PUT', `/docs${at}`, { mappings });
    for (const [method, path, body] of REQUESTS) {
      const { status, text } = await api.send(method, `/docs${at}/${path}`, bodyOf(body, padding));
      const shown = text
        .replaceAll(`docs${at}`, 'docs')
        .replace(/"index_uuid":"[^"]*"/g, '')
        .replace(/"took":\d+/, '');
      answers[at]!.push([method, path, status, shown]);
    }
  }
  expect(answers[1]).toEqual(answers[0]);
  // Not all of them fail alike.
  expect(answers[0]!.filter((answer) => (answer as [string, string, number])[2] < 300).length).toBeGreaterThan(9);
  const { json } = await api.send('GET', `/docs1/_count?q=granules:"${PADDING.granules[3999]}"`);
  expect(json.count).toBe(4);
});

test('updates of one large document do not undo each other', async () => {
  await api.send('PUT', '/counts', { mappings });
  await api.send('PUT', '/counts/_doc/1', { ...PADDING, count: 0 });
  const script = { script: 'ctx._source.count += 1' };
  const updates = Array.from({ length: 6 }, (_, at) =>
    at % 2 === 0
      ? api.send('POST', '/counts/_update/1', script)
      : api.send('POST', '/counts/_bulk', `{"update":{"_id":"1"}}\n${JSON.stringify(script)}\n`),
  );
  for (const { status, json } of await Promise.all(updates))
    expect([status, json.errors ?? false]).toEqual([200, false]);
  const { json } = await api.send('GET', '/counts/_doc/1?_source=count');
  expect(json).toMatchObject({ _version: 7, _source: { count: 6 } });
});

test('an index may be closed or deleted while a large document is prepared', async () => {
  for (const [method, path] of [
    ['POST', '/going/_close'],
    ['DELETE', '/going'],
  ] as const) {
    await api.send('PUT', '/going', { mappings });
    await api.send('POST', '/going/_open');
    const [written, gone] = await Promise.all([api.send('PUT', '/going/_doc/1', PADDING), api.send(method, path)]);
    expect([200, 201, 400]).toContain(written.status);
    expect(gone.status).toBe(200);
  }
});
