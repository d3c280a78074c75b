import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';

const limitMs = 20_000;

let database: Database;
let send: Send;

beforeAll(async () => {
  database = await startDatabase();
  send = sender(database.url);
  const keyword = { type: 'keyword' };
  await send('PUT', '/big', { mappings: { properties: { k: keyword, t: { type: 'text' }, n: { type: 'long' } } } });
  const lines = many(
    5000,
    (n) => `{"index":{"_id":"${n}"}}\n{"k":"key-${n}","t":"word${n} common","n":${n},"d":"2026-01-01"}\n`,
  );
  expect((await send('POST', '/big/_bulk', lines.join(''))).json.errors).toBe(false);
  await send('PUT', '/many', { mappings: { properties: { k: keyword, n: { type: 'long' } } } });
  expect((await send('PUT', '/many/_doc/1', { k: many(2000, String), n: many(2000, Number) })).status).toBe(201);
});
afterAll(() => database.stop());

function many<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

const nested = (count: number, open: string, inner: string, close: string): string =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`;
const should = (clauses: readonly object[]) => ({ query: { bool: { should: clauses } } });
const aggs = (definition: object) => ({ size: 0, aggs: { a: definition } });
const below = ([field, ...fields]: readonly string[]): object => ({
  terms: { field },
  ...(fields.length === 0 ? {} : { aggs: { a: below(fields) } }),
});
const analyze = (definition: object, text: string) => ({ tokenizer: 'keyword', ...definition, text });
const script = (source: string) => ({ script: { source } });

type Case = [what: string, method: string, path: string, body: unknown, status: number, type?: string | undefined];

function search(what: string, body: unknown, status = 400, type?: string): Case {
  return [`a search with ${what}`, 'POST', '/big/_search', body, status, type];
}

/** What would take forever, or all memory, somewhere. The type is that of the innermost cause. */
const cases: Case[] = [
  search('objects nested 100,000 deep', nested(100_000, '{"a":', '1', '}'), 400, 'x_content_parse_exception'),
  search(
    'more clauses than a query may have',
    should(many(1025, (n) => ({ term: { k: n } }))),
    400,
    'too_many_clauses',
  ),
  search(
    'more queries than a request may have',
    should(many(70, () => should(many(1000, (n) => ({ term: { k: n } }))).query)),
    400,
    'too_many_clauses',
  ),
  search(
    'a text of too many words',
    { query: { match: { t: many(1025, String).join(' ') } } },
    400,
    'too_many_clauses',
  ),
  search('too many terms', { query: { terms: { k: many(65_537, String) } } }),
  search('a thousand patterns', should(many(1000, (n) => ({ wildcard: { k: `*${n}*` } }))), 200),
  search('a pattern with ten thousand stars', { query: { wildcard: { k: '*e'.repeat(10_000) } } }, 200),
  search('a regular expression that explodes', { query: { regexp: { k: '((a|k)*)*(x{1,900}|y.{300})' } } }, 200),
  search('a regular expression that is too long', { query: { regexp: { k: 'x'.repeat(1001) } } }),
  search('a query string of parentheses alone', { query: { query_string: { query: '('.repeat(50_000) } } }),
  search('a page that is too far', { from: 2_000_000_000, size: 10 }),
  [
    'a search with buckets of a document of many values below each other',
    'POST',
    '/many/_search',
    aggs(below(['k', 'n', 'k'])),
    429,
    'circuit_breaking_exception',
  ],
  [
    'a search with all combinations of many values',
    'POST',
    '/many/_search',
    aggs({ composite: { sources: ['k', 'n'].map((field) => ({ [field]: { terms: { field } } })) } }),
    429,
    'circuit_breaking_exception',
  ],
  search(
    'too many buckets',
    aggs({ histogram: { field: 'n', interval: 0.000_001 } }),
    503,
    'too_many_buckets_exception',
  ),
  search(
    'bounds that are too far',
    aggs({ date_histogram: { field: 'd', fixed_interval: '1ms', extended_bounds: { min: 0, max: 9e12 } } }),
    503,
    'too_many_buckets_exception',
  ),
  search('too many aggregations', {
    size: 0,
    aggs: Object.fromEntries(many(1001, (n) => [n, { max: { field: 'n' } }])),
  }),
  search('too many filters', aggs({ filters: { filters: many(1025, (n) => ({ term: { k: n } })) } })),
  search('too many ranges', aggs({ range: { field: 'n', ranges: many(1025, (n) => ({ from: n })) } })),
  search('too many patterns of its source', { size: 1000, _source: many(1001, (n) => `*a*b*${n}`) }),
  ['a long filter of paths', 'GET', `/big/_search?filter_path=${'**.'.repeat(50)}x`, undefined, 400],
  ['a multi search of too many', 'POST', '/big/_msearch', '{}\n{"size":0}\n'.repeat(1001), 400],
  ['a document of too many fields', 'PUT', '/wide/_doc/1', Object.fromEntries(many(1001, (n) => [`f${n}`, n])), 400],
  ['a document that is nested too deep', 'PUT', '/big/_doc/x', nested(100_000, '{"a":', '1', '}'), 400],
  ['a document that is too long', 'PUT', '/big/_doc/x', `{"t":"${'a b '.repeat(5_000_000)}"}`, 400],
  ['a term that is too long', 'PUT', '/big/_doc/x', { k: 'x'.repeat(40_000) }, 400],
  [
    'grams of a long word',
    'POST',
    '/_analyze',
    analyze({ filter: [{ type: 'edge_ngram', max_gram: 99_999 }] }, 'a'.repeat(99_999)),
    400,
  ],
  [
    'a pattern of a filter that goes back forever',
    'POST',
    '/_analyze',
    analyze({ filter: [{ type: 'pattern_replace', pattern: '(a+)+$' }] }, `${'a'.repeat(50)}b`),
    400,
  ],
  [
    'a pattern of a tokenizer that goes back forever',
    'POST',
    '/_analyze',
    { tokenizer: { type: 'pattern', pattern: '(a+)+$' }, text: `${'a'.repeat(50)}b` },
    400,
  ],
  ['a script that doubles a text', 'POST', '/big/_update/1', script('ctx._source.k += ctx._source.k;'.repeat(60)), 400],
  [
    'a script that doubles a list',
    'POST',
    '/big/_update/1',
    script(`ctx._source.l = [1, 2]; ${'ctx._source.l.addAll(ctx._source.l);'.repeat(60)}`),
    400,
  ],
  ['a script that holds itself', 'POST', '/big/_update/1', script('ctx._source.self = ctx._source'), 400],
  ['a script that is nested too deep', 'POST', '/big/_update/1', script(nested(20_000, '(', '1', ')')), 400],
];

test.each(cases)('%s is answered in time, and others are served', async (_what, method, path, body, status, type) => {
  const startedMs = performance.now();
  const answer = await send(method, path, body);
  expect(performance.now() - startedMs).toBeLessThan(limitMs);
  expect(answer.status, answer.text.slice(0, 500)).toBe(status);
  if (status >= 400) expect(answer.json.error.type).toMatch(/_exception$/);
  if (type !== undefined) expect(answer.text).toContain(`"type":"${type}"`);
  expect((await send('GET', '/big/_count')).json.count).toBe(5000);
});

test.each([
  ['scrolls', '/big/_search?scroll=1m', 'Trying to create too many scroll contexts'],
  ['points in time', '/big/_pit?keep_alive=1m', 'too many'],
])('%s can be open in a bounded number only', async (_what, path, reason) => {
  let refused: { status: number; text: string } | undefined;
  for (let opened = 0; opened < 2000 && refused === undefined; opened += 50) {
    const answers = await Promise.all(
      many(50, () => send('POST', path, path.includes('scroll') ? { size: 1 } : undefined)),
    );
    refused = answers.find((answer) => answer.status !== 200);
  }
  expect(refused?.text).toMatch(new RegExp(reason, 'i'));
  await send('DELETE', '/_search/scroll/_all');
  expect((await send('GET', '/big/_search')).status).toBe(200);
});
