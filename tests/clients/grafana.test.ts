import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, startDatabase } from '../support/database.ts';
import { type Send, sender } from '../support/http.ts';
import { documents, mappings } from './support/documents.ts';

let database: Database;
let send: Send;

beforeAll(async () => {
  database = await startDatabase();
  send = sender(database.url);
  await send('PUT', '/runs', { mappings });
  const lines = documents.flatMap((document) => [{ index: { _id: document.id } }, document]);
  await send('POST', '/runs/_bulk', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});
afterAll(() => database.stop());

const range = {
  range: {
    'start-time': {
      gte: Date.parse('2026-01-01T00:00:00Z'),
      lte: Date.parse('2026-01-07T00:00:00Z'),
      format: 'epoch_millis',
    },
  },
};

/** A panel's query as the data source sends it: a header and a body in lines. */
async function panel(body: object) {
  const header = { search_type: 'query_then_fetch', ignore_unavailable: true, index: 'runs' };
  const lines = `${JSON.stringify(header)}\n${JSON.stringify(body)}\n`;
  const answer = await send('POST', '/_msearch?max_concurrent_shard_requests=5', lines, {
    'content-type': 'application/x-ndjson',
  });
  expect(answer.status, answer.text).toBe(200);
  const [response] = answer.json.responses;
  expect(response.error, JSON.stringify(response.error)).toBeUndefined();
  return response;
}

describe('Grafana', () => {
  test('tests the data source', async () => {
    expect((await send('GET', '/')).json.version.number).toMatch(/^7\.(1[6-9]|[2-9]\d)/);
    const found = (await send('GET', '/runs/_mapping')).json;
    expect(found.runs.mappings.properties['start-time'].type).toBe('date');
  });

  test('draws a time series with gaps filled, differences and a running total', async () => {
    const histogram = {
      interval: '1d',
      field: 'start-time',
      min_doc_count: 0,
      extended_bounds: { min: range.range['start-time'].gte, max: range.range['start-time'].lte },
      format: 'epoch_millis',
    };
    const { aggregations } = await panel({
      size: 0,
      query: { bool: { filter: [range, { query_string: { analyze_wildcard: true, query: 'status:*' } }] } },
      aggs: {
        2: {
          date_histogram: histogram,
          aggs: {
            1: { avg: { field: 'duration' } },
            3: { derivative: { buckets_path: '1' } },
            4: { cumulative_sum: { buckets_path: '1' } },
          },
        },
      },
    });
    const { buckets } = aggregations['2'];
    expect(buckets).toHaveLength(7);
    expect(buckets[0]).toMatchObject({ key: Date.parse('2026-01-01T00:00:00Z'), doc_count: 1, 1: { value: 10 } });
    expect(buckets[0].key_as_string).toBe(String(buckets[0].key));
    expect(buckets[1]).toMatchObject({ 3: { value: 10 }, 4: { value: 30 } });
    expect(buckets[6].doc_count).toBe(0);
  });

  test('groups by a term, ordered by a metric of the group', async () => {
    const { aggregations } = await panel({
      size: 0,
      query: { bool: { filter: range } },
      aggs: {
        2: {
          terms: { field: 'status', size: 10, order: { 1: 'desc' }, min_doc_count: 1 },
          aggs: { 1: { max: { field: 'duration' } } },
        },
      },
    });
    expect(aggregations['2'].buckets.map((bucket: { key: string }) => bucket.key)).toEqual([
      'succeeded',
      'running',
      'failed',
    ]);
  });

  test('lists raw documents with a sort of two fields in one object', async () => {
    const { hits } = await panel({
      size: 500,
      query: { bool: { filter: [range] } },
      sort: [{ 'start-time': { order: 'desc', unmapped_type: 'boolean' } }, { _doc: { order: 'desc' } }],
      script_fields: {},
    });
    expect(hits.hits.map((hit: { _id: string }) => hit._id)).toEqual(['6', '5', '4', '3', '2', '1']);
    const both = await panel({
      size: 2,
      query: { bool: { filter: range } },
      sort: { 'start-time': { order: 'desc', unmapped_type: 'boolean' }, _doc: { order: 'desc' } },
    });
    expect(both.hits.hits[0].sort).toHaveLength(2);
  });

  test('reads logs with every word marked', async () => {
    const { hits } = await panel({
      size: 10,
      query: { bool: { filter: [range, { query_string: { analyze_wildcard: true, query: 'brightness' } }] } },
      sort: { 'start-time': { order: 'desc', unmapped_type: 'boolean' } },
      fields: [{ field: 'start-time', format: 'strict_date_optional_time_nanos' }],
      highlight: {
        fields: { '*': {} },
        pre_tags: ['@HIGHLIGHT@'],
        post_tags: ['@/HIGHLIGHT@'],
        fragment_size: 2_147_483_647,
      },
    });
    expect(hits.hits).toHaveLength(documents.length);
    expect(hits.hits[0].fields['start-time'][0]).toMatch(/^2026-01-06T08:00:00/);
  });

  test('annotates, and fills a variable with terms', async () => {
    const { aggregations } = await panel({
      size: 0,
      query: { bool: { filter: [range] } },
      aggs: { 1: { terms: { field: 'labels', size: 500, order: { _key: 'asc' } } } },
    });
    expect(aggregations['1'].buckets.map((bucket: { key: string }) => bucket.key)).toEqual(['all', 're-1', 're-2']);
  });
});
