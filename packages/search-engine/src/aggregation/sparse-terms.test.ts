import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEngine } from '../engine/open-engine.ts';
import type { Aggregations } from './aggregation.ts';

const JOBS = 3000;

/** What this test reads of terms in terms. */
interface Shown {
  readonly buckets: readonly {
    readonly key: string;
    readonly docCount: number;
    readonly aggregations: { readonly process: Shown; readonly mean: { readonly value: number } };
  }[];
}

function withProcesses({ key, docCount, aggregations: { process } }: Shown['buckets'][number]) {
  const processes = process.buckets.map((bucket) => ({
    key: bucket.key,
    docCount: bucket.docCount,
    mean: bucket.aggregations.mean.value,
  }));
  return { key, docCount, processes };
}

function job(n: number) {
  const why = n % 20 === 0 ? ['exit 1'] : n % 33 === 0 ? ['exit 2', 'exit 1'] : undefined;
  return { n, why, process: `process-${n % 3}`, duration: (n * 7919) % 101 };
}

function byCount(field: string, aggregations: Aggregations) {
  const order = [
    { path: '_count', direction: 'desc' },
    { path: '_key', direction: 'asc' },
  ] as const;
  return { type: 'terms', field, size: 10, minDocCount: 1, order, aggregations } as const;
}

test('below the terms of a field that few documents have, the same is found as one by one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  const engine = await openEngine({ directory, durability: 'async' });
  const [keyword, integer] = [{ type: 'keyword' }, { type: 'integer' }];
  const properties = { n: integer, why: keyword, process: keyword, duration: integer };
  const index = await engine.createIndex('jobs', { mappings: { properties }, settings: {}, aliases: {} });
  const jobs = Array.from({ length: JOBS }, (_, n) => job(n));
  for (const each of jobs) {
    index.write({ type: 'index', id: `${each.n}`, source: Buffer.from(JSON.stringify(each)) });
  }
  const mean = { mean: { type: 'avg', field: 'duration' } } as const;
  const { aggregations } = await engine.search([index], {
    query: { type: 'range', field: 'n', gte: 500, lt: 2900 },
    from: 0,
    size: 0,
    sort: [],
    trackScores: false,
    aggregations: { why: byCount('why', { process: byCount('process', mean) }) },
  });

  const found = jobs.filter(({ n }) => n >= 500 && n < 2900);
  const groups = (list: typeof jobs, keysOf: (one: (typeof jobs)[number]) => readonly string[]) => {
    const groups = new Map<string, typeof jobs>();
    for (const one of list) for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
    return [...groups].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1));
  };
  const expected = groups(found, ({ why }) => why ?? []).map(([key, list]) => ({
    key,
    docCount: list.length,
    processes: groups(list, ({ process }) => [process]).map(([key, below]) => ({
      key,
      docCount: below.length,
      mean: below.reduce((sum, { duration }) => sum + duration, 0) / below.length,
    })),
  }));
  const shown = aggregations.why as unknown as Shown;
  expect(shown.buckets.map(withProcesses)).toEqual(expected);
  await engine.close();
  await rm(directory, { recursive: true });
});
