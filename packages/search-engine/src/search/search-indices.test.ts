import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { LocalIndex } from '../index/local-index.ts';
import { finish } from '../steps/steps.ts';
import type { SearchRequest, SearchResult } from './search.ts';
import { searchIndices } from './search-indices.ts';

const ALL: SearchRequest = {
  query: { type: 'matchAll' },
  from: 0,
  size: 10,
  sort: [{ field: '_id', direction: 'asc' }],
  trackScores: false,
  aggregations: {},
};

let directory: string;
let engine: Engine;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory });
  const mappings = {
    properties: {
      status: { type: 'keyword' },
      labels: { type: 'keyword' },
      ip: { type: 'ip' },
      inputs: { type: 'flattened' },
      'start-time': { type: 'date' },
      message: { type: 'text' },
    },
  };
  for (const name of ['jobs-1', 'jobs-2']) await engine.createIndex(name, { mappings, settings: {}, aliases: {} });
  put('jobs-1', 'a', {
    status: 'failed',
    labels: ['x', 'z'],
    ip: '10.0.0.9',
    inputs: { name: 'b' },
    'start-time': 1e12,
  });
  put('jobs-1', 'b', { status: 'running', labels: ['y'], ip: '10.0.0.10', inputs: { name: 'a', other: 'a' } });
  put('jobs-2', 'c', { status: 'failed', labels: [], 'start-time': 2e12, message: 'disk full' });
  put('jobs-2', 'd', { status: 'Ärger', inputs: { other: 'z' }, 'start-time': 15e11 });
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

function put(index: string, id: string, source: object): void {
  engine.index(index)!.write({ type: 'index', id, source: Buffer.from(JSON.stringify(source)) });
}

function search(request: Partial<SearchRequest>, names: readonly string[] = ['jobs-1', 'jobs-2']): SearchResult {
  const views = names.map((name) => (engine.index(name) as LocalIndex).view());
  return finish(searchIndices(views, { ...ALL, ...request }));
}

function ids(request: Partial<SearchRequest>): string[] {
  return search(request).hits.map(({ id }) => id);
}

test('several indices are searched as one', () => {
  const result = search({});
  expect(result.total).toBe(4);
  expect(result.hits.map(({ index, id }) => `${index}/${id}`)).toEqual([
    'jobs-1/a',
    'jobs-1/b',
    'jobs-2/c',
    'jobs-2/d',
  ]);
  expect(search({ from: 1, size: 2 }).hits.map(({ id }) => id)).toEqual(['b', 'c']);
  expect(search({}, [])).toEqual({
    total: 0,
    terminatedEarly: false,
    timedOut: false,
    maxScore: null,
    hits: [],
    aggregations: {},
    fetchFailures: new Map(),
  });
});

test.each([
  ['start-time', 'asc', undefined, ['a', 'd', 'c', 'b']],
  ['start-time', 'desc', '_first', ['b', 'c', 'd', 'a']],
  ['status', 'asc', undefined, ['a', 'c', 'b', 'd']],
  ['status', 'desc', undefined, ['d', 'b', 'a', 'c']],
  ['labels', 'asc', undefined, ['a', 'b', 'c', 'd']],
  ['labels', 'desc', '_first', ['c', 'd', 'a', 'b']],
  ['ip', 'asc', undefined, ['a', 'b', 'c', 'd']],
  ['inputs.name', 'asc', '_first', ['c', 'd', 'b', 'a']],
  ['inputs.other', 'desc', undefined, ['d', 'b', 'a', 'c']],
] as const)('by %s %s (missing %s) the order is %j', (field, direction, missing, expected) => {
  const key = { field, direction, ...(missing !== undefined && { missing }) };
  const sort = [key, { field: '_id', direction: 'asc' }] as const;
  const result = search({ sort });
  expect(result.hits.map(({ id }) => id)).toEqual(expected);
  for (const [at, hit] of result.hits.entries()) {
    expect(ids({ sort, searchAfter: hit.sort })).toEqual(expected.slice(at + 1));
  }
});

test('addresses and keys of flattened objects show their own values', () => {
  const sort = [
    { field: 'ip', direction: 'asc' },
    { field: 'inputs.name', direction: 'asc' },
  ] as const;
  expect(search({ sort }).hits[0]?.sort).toEqual(['10.0.0.9', 'b']);
});

test('a date is shown in the format that was asked for, and pages by it', () => {
  const sort = [{ field: 'start-time', direction: 'asc', format: 'yyyy-MM-dd' }] as const;
  const [first] = search({ sort }).hits;
  expect(first?.sort).toEqual(['2001-09-09']);
});

test('a field that is not mapped cannot be sorted by, unless a type stands in for it', () => {
  expect(() => search({ sort: [{ field: 'nope', direction: 'asc' }] })).toThrow(
    'No mapping found for [nope] in order to sort on',
  );
  expect(search({ sort: [{ field: 'nope', direction: 'asc', unmappedType: 'long' }] }).hits[0]?.sort).toEqual([null]);
  expect(() => search({ sort: [{ field: 'message', direction: 'asc' }] })).toThrow(/^Text fields are not optimised/);
});

test('no two hits of several indices have the same place in document order, so a page misses nothing', () => {
  const sort = [{ field: '_doc', direction: 'asc' }] as const;
  const { hits } = search({ sort });
  expect(hits.map(({ id }) => id)).toEqual(['a', 'c', 'b', 'd']);
  for (const [at, hit] of hits.entries()) {
    expect(ids({ sort, searchAfter: hit.sort })).toEqual(['a', 'c', 'b', 'd'].slice(at + 1));
  }
});

test('a hit tells which named queries it matched', () => {
  const result = search({
    query: {
      type: 'bool',
      must: [],
      filter: [],
      mustNot: [],
      should: [
        { type: 'term', field: 'status', value: 'failed', name: 'failed' },
        { type: 'exists', field: 'labels', name: 'labelled' },
      ],
    },
  });
  expect(result.hits.map(({ matchedQueries }) => matchedQueries)).toEqual([
    ['failed', 'labelled'],
    ['labelled'],
    ['failed'],
  ]);
});

test('a post filter narrows the hits and not the aggregations', () => {
  const result = search({
    postFilter: { type: 'term', field: 'status', value: 'running' },
    aggregations: { labelled: { type: 'valueCount', field: 'status' } },
  });
  expect(result.hits.map(({ id }) => id)).toEqual(['b']);
  expect(result.total).toBe(1);
  expect(result.aggregations.labelled).toMatchObject({ value: 4 });
});

test('an aggregation on one key of a flattened object counts that key only', () => {
  const { aggregations } = search({
    size: 0,
    aggregations: {
      names: {
        type: 'terms',
        field: 'inputs.other',
        size: 10,
        minDocCount: 1,
        order: [{ path: '_key', direction: 'asc' }],
      },
    },
  });
  expect(aggregations.names).toMatchObject({
    buckets: [
      { key: 'a', docCount: 1 },
      { key: 'z', docCount: 1 },
    ],
  });
});

test('hits below the least score are left out', () => {
  const query = { type: 'term', field: 'status', value: 'failed' } as const;
  const [first] = search({ query, sort: [], trackScores: true }).hits;
  expect(first?.score).toBeGreaterThan(0);
  expect(search({ query, sort: [], minScore: 100 }).total).toBe(0);
});

test('a query that cannot be is told with its cause', () => {
  expect(() => search({ query: { type: 'prefix', field: 'start-time', value: 'x' } })).toThrow(
    'Can only use prefix queries on keyword, text and wildcard fields - not on [start-time] which is of type [date]',
  );
});

test('a search that is collapsed gives the first hit of each group, however large the groups are', async () => {
  const mappings = { properties: { user: { type: 'keyword' }, cost: { type: 'integer' } } };
  await engine.createIndex('groups', { mappings, settings: {}, aliases: {} });
  const docs = Array.from({ length: 3000 }, (_, at) => ({
    id: String(at),
    ...(at % 7 === 0 ? {} : { user: `user-${at % 11}` }),
    cost: (at * 7919) % 101,
  }));
  for (const { id, ...source } of docs) put('groups', id, source);
  const byCost = (direction: 1 | -1) =>
    docs.toSorted((a, b) => direction * (a.cost - b.cost) || Number(a.id) - Number(b.id));
  for (const [direction, sign] of [
    ['asc', 1],
    ['desc', -1],
  ] as const) {
    const firsts = new Map(
      byCost(sign)
        .reverse()
        .map((doc) => [doc.user, doc.id]),
    );
    const wanted = byCost(sign).filter(({ id, user }) => firsts.get(user) === id);
    for (const size of [5, 20]) {
      const { hits } = search({ size, sort: [{ field: 'cost', direction }], collapse: 'user' }, ['groups']);
      expect(hits.map(({ id }) => id)).toEqual(wanted.slice(0, size).map(({ id }) => id));
      expect(hits[0]!.collapsed).toBe(wanted[0]!.user ?? null);
    }
  }
  expect(
    search({ size: 20, sort: [{ field: 'cost', direction: 'asc' }], collapse: 'cost' }, ['groups']).hits,
  ).toHaveLength(20);
});
