import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Aggregation } from '../aggregation/aggregation.ts';
import type { Query } from '../query/query.ts';
import type { SearchResult } from '../search/search.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';

let directory: string;
let engine: Engine;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-ranges-'));
  engine = await openEngine({ directory });
  const extent = { type: 'date_range' };
  engine.createIndex('jobs', {
    mappings: { properties: { extent, orbits: { type: 'long_range' } } },
    settings: {},
    aliases: {},
  });
  put('january', { extent: { gte: '2024-01-01', lt: '2024-02-01' }, orbits: { gte: 1, lte: 9 } });
  put('spring', {
    extent: [
      { gte: '2024-03-01', lt: '2024-04-01' },
      { gte: '2024-05-01', lt: '2024-06-01' },
    ],
  });
  put('since', { extent: { gte: '2024-05-15' }, orbits: { gte: 1, lte: 9 } });
  put('none', {});
});

afterEach(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

function put(id: string, source: object): void {
  engine.index('jobs')!.write({ type: 'index', id, source: Buffer.from(JSON.stringify(source)) });
}

function search(query: Query, aggregations: Record<string, Aggregation> = {}): Promise<SearchResult> {
  const request = { query, from: 0, size: 10, sort: [], trackScores: false, aggregations };
  return engine.search([engine.index('jobs')!], request);
}

async function idsOf(query: Query): Promise<readonly string[]> {
  return (await search(query)).hits.map(({ id }) => id).sort();
}

const MARCH = { type: 'range', field: 'extent', gte: '2024-03-10', lt: '2024-03-20' } as const;

test('which extents meet an interval is known through updates, deletions, checkpoints and restarts', async () => {
  expect(await idsOf(MARCH)).toEqual(['spring']);
  put('january', { extent: { gte: '2024-01-01', lt: '2024-03-15' } });
  await engine.flush();
  put('late', { extent: { gt: '2024-03-19T23:59:59.998Z' } });
  engine.index('jobs')!.write({ type: 'delete', id: 'spring' });
  for (const opening of [1, 2, 3]) {
    await engine.close();
    engine = await openEngine({ directory });
    expect(await idsOf(MARCH), `opening ${opening}`).toEqual(['january', 'late']);
    expect(await idsOf({ ...MARCH, relation: 'contains' })).toEqual([]);
    expect(await idsOf({ type: 'range', field: 'extent', lt: '2024-04', relation: 'within' })).toEqual(['january']);
    expect(await idsOf({ type: 'term', field: 'extent', value: '2024-06-01' })).toEqual(['late', 'since']);
    expect(await idsOf({ type: 'exists', field: 'extent' })).toEqual(['january', 'late', 'since']);
    if (opening === 2) await engine.flush();
  }
});

test('a histogram counts a document in each interval that its ranges meet', async () => {
  const months = {
    type: 'dateHistogram',
    field: 'extent',
    calendarInterval: 'month',
    offsetMs: 0,
    minDocCount: 0,
    order: [{ path: '_key', direction: 'asc' }],
    keyed: false,
    hardBounds: { max: '2024-06-30' },
  } as const satisfies Aggregation & object;
  const { aggregations } = await search({ type: 'matchAll' }, { months });
  const buckets = aggregations.months?.type === 'buckets' ? aggregations.months.buckets : [];
  expect(buckets.map(({ keyAsString, docCount }) => [keyAsString?.slice(0, 7), docCount])).toEqual([
    ['2024-01', 1],
    ['2024-02', 0],
    ['2024-03', 1],
    ['2024-04', 0],
    ['2024-05', 2],
    ['2024-06', 1],
  ]);
});

test('a range without an end meets more intervals than a search may have', async () => {
  const years = {
    type: 'dateHistogram',
    field: 'extent',
    calendarInterval: 'year',
    timeZone: 'Europe/Berlin',
  } as const;
  const rest = { offsetMs: 0, minDocCount: 1, order: [], keyed: false };
  await expect(search({ type: 'matchAll' }, { years: { ...years, ...rest } })).rejects.toThrow('too many buckets');
});

test('all ranges of a document are one value', async () => {
  const of = (type: 'cardinality' | 'valueCount'): Aggregation => ({ type, field: 'orbits' });
  const { aggregations } = await search({ type: 'matchAll' }, { different: of('cardinality'), all: of('valueCount') });
  expect(aggregations).toMatchObject({ different: { value: 1 }, all: { value: 2 } });
});
