import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SortedDocs } from '../columns/sorted-docs.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open-engine.ts';
import type { LocalIndex } from '../index/local-index.ts';
import { compileQuery } from '../query/compile/compile-query.ts';
import { hitSource } from '../search/hit-source.ts';
import { IndexReader } from '../search/index-reader.ts';
import { finish, type Steps } from '../steps/steps.ts';
import { ENDLESS, TimeLimit } from '../steps/time-limit.ts';
import type { Aggregation, AggregationResult } from './aggregation.ts';
import { collectAggregations } from './collect-aggregations.ts';
import { PendingBatches } from './pending-batches.ts';
import { collectRoot } from './root-batch.ts';

const DOCS = 20_000;
const SECOND = 1000;
/** The first second of a day. */
const FIRST_MS = 1_600_041_600_000;

let directory: string;
let engine: Engine;
let index: LocalIndex;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory, durability: 'async' });
  const properties = { number: { type: 'long' }, time: { type: 'date' } };
  index = (await engine.createIndex('jobs', {
    mappings: { properties },
    settings: {},
    aliases: {},
  })) as LocalIndex;
  for (let doc = 0; doc < DOCS; doc++) {
    const number = (doc * 7919) % DOCS;
    index.write({ type: 'index', source: Buffer.from(JSON.stringify({ number, time: FIRST_MS + number * SECOND })) });
  }
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

/** The result for a query that finds nothing or all, and in how many steps it was made. */
function counted(
  x: Aggregation,
  finds: 'matchAll' | 'matchNone' = 'matchAll',
  limit: TimeLimit = ENDLESS,
): { result: AggregationResult; steps: number } {
  const view = index.view();
  const compiled = finish(compileQuery(view, { type: finds }, 0));
  const searched = {
    mapping: view.mapping,
    reader: new IndexReader(view, 0),
    matches: compiled.clause.docs(),
    hits: hitSource(view, compiled, 0, { position: 0, isOneOfSeveral: false }),
  };
  const run = collectAggregations({ x }, [searched], { nowMs: 0, limit });
  for (let steps = 0; ; steps++) {
    const step = run.next();
    if (step.done === true) return { result: step.value.x!, steps };
  }
}

test('each of several filters is found and counted in steps of its own', () => {
  const filters = Array.from({ length: 300 }, (_, at) => ({
    key: `${at}`,
    filter: { type: 'range', field: 'number', gte: DOCS - at } as const,
  }));
  const { result, steps } = counted({ type: 'filters', filters, keyed: true });
  expect(result.type === 'buckets' && result.buckets.map(({ docCount }) => docCount)).toEqual([...filters.keys()]);
  expect(steps).toBeGreaterThanOrEqual(2 * filters.length);
});

test('the keys of a composite that come first are kept, whatever the order of the documents', () => {
  for (const direction of ['asc', 'desc'] as const) {
    const source = { name: 'n', type: 'terms', field: 'number', direction, missingBucket: false } as const;
    const { result } = counted({ type: 'composite', size: 3000, sources: [source] });
    const keys = Array.from({ length: 3000 }, (_, at) => (direction === 'asc' ? at : DOCS - 1 - at));
    expect(result.type === 'composite' && result.buckets.map(({ key, docCount }) => [key.n, docCount])).toEqual(
      keys.map((key) => [key, 1]),
    );
  }
});

test('numbers that no document found has are added in steps', () => {
  const order = [{ path: '_key', direction: 'desc' }] as const;
  const { result, steps } = counted({ type: 'terms', field: 'number', size: 2, minDocCount: 0, order }, 'matchNone');
  expect(result.type === 'buckets' && result.buckets.map(({ key, docCount }) => [key, docCount])).toEqual([
    [DOCS - 1, 0],
    [DOCS - 2, 0],
  ]);
  expect(steps).toBeGreaterThan(DOCS / 2048);
});

test('the many intervals of an automatic date histogram are brought together in steps', () => {
  const { result, steps } = counted({ type: 'autoDateHistogram', field: 'time', buckets: 1000 });
  expect(result.type === 'buckets' && [result.interval, result.buckets.length]).toEqual(['30s', Math.ceil(DOCS / 30)]);
  expect(result.type === 'buckets' && result.buckets.at(-1)?.docCount).toBe(DOCS % 30);
  // The documents, then their seconds: listed, grouped twice and sorted, filled up and joined.
  expect(steps).toBeGreaterThan((5 * DOCS) / 1024);
});

test('what is counted when the time is over is counted in all aggregations', () => {
  let nowMs = 0;
  const limit = new TimeLimit(8, () => nowMs++);
  const below = { count: { type: 'valueCount', field: 'number' } } as const;
  const order = [{ path: '_key', direction: 'asc' }] as const;
  const numbers = { type: 'terms', field: 'number', size: DOCS, minDocCount: 1, order, aggregations: below } as const;
  const { result } = counted(numbers, 'matchAll', limit);
  const buckets = result.type === 'buckets' ? result.buckets : [];
  const docs = buckets.reduce((sum, { docCount }) => sum + docCount, 0);
  expect(limit.wasMet).toBe(true);
  expect(docs).toBeGreaterThan(0);
  expect(docs).toBeLessThan(DOCS);
  for (const { docCount, aggregations } of buckets) expect(aggregations.count).toMatchObject({ value: docCount });
});

test('documents that take long come fewer at a time', () => {
  let nowMs = 0;
  const steps: number[] = [];
  const slow = {
    collect: ({ count }: { readonly count: number }): void => {
      nowMs += count / 10;
      steps.push(count);
    },
  };
  const run: Steps<void> = collectRoot(
    new SortedDocs(Uint32Array.from(Array(5000).keys())),
    [slow],
    { pending: new PendingBatches(), limit: ENDLESS },
    () => nowMs,
  );
  while (run.next().done !== true);
  expect(steps.reduce((sum, count) => sum + count)).toBe(5000);
  expect(Math.max(...steps.slice(4))).toBeLessThanOrEqual(64);
});
