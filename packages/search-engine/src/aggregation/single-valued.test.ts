import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openEngine } from '../engine/open-engine.ts';
import type { Aggregations, DateHistogramAggregation } from './aggregation.ts';

const HOUR = 3_600_000;

function histogram(field: string, other: Partial<DateHistogramAggregation>): DateHistogramAggregation {
  return {
    type: 'dateHistogram',
    field,
    fixedIntervalMs: HOUR,
    offsetMs: 0,
    minDocCount: 0,
    order: [{ path: '_key', direction: 'asc' }],
    keyed: false,
    ...other,
  };
}

function request(time: string, number: string): Aggregations {
  const stats = { stats: { type: 'stats', field: number }, sum: { type: 'sum', field: number } } as const;
  const byStatus = {
    type: 'terms',
    field: 'status',
    size: 10,
    minDocCount: 1,
    order: [{ path: '_count', direction: 'desc' }],
  } as const;
  const hardBounds = { min: 2 * HOUR + 1, max: 5 * HOUR + 7 };
  return {
    ...stats,
    squares: { type: 'extendedStats', field: number },
    times: histogram(time, { aggregations: { ...stats, status: { ...byStatus, aggregations: stats } } }),
    bounded: histogram(time, { hardBounds, aggregations: stats }),
    statuses: { ...byStatus, aggregations: { times: histogram(time, {}), ...stats } },
  };
}

/** Four digits are a year. */
const instant = fc.integer({ min: 0, max: 8 * HOUR }).filter((time) => time < 1000 || time > 9999);

const job = fc.record({
  time: fc.option(instant, { nil: undefined }),
  number: fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined }),
  status: fc.constantFrom('failed', 'running', 'succeeded'),
});

test('a field of one value for each document gives what the same field gives where another document has several', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  const engine = await openEngine({ directory, durability: 'async' });
  const [long, date] = [{ type: 'long' }, { type: 'date' }];
  const properties = { time: date, times: date, number: long, numbers: long, status: { type: 'keyword' } };
  let name = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 1, maxLength: 60 }), async (jobs) => {
      const index = await engine.createIndex(`jobs-${name++}`, { mappings: { properties }, settings: {}, aliases: {} });
      const put = (id: string, source: object) =>
        index.write({ type: 'index', id, source: Buffer.from(JSON.stringify(source)) });
      put('several', { times: [1, 2 * HOUR], numbers: [1, 2] });
      for (const [at, { time, number, status }] of jobs.entries()) {
        put(`${at}`, { time, times: time, number, numbers: number, status });
      }
      const results = async (aggregations: Aggregations) => {
        const found = await engine.search([index], {
          query: { type: 'exists', field: 'status' },
          from: 0,
          size: 0,
          sort: [],
          trackScores: false,
          aggregations,
        });
        return JSON.parse(JSON.stringify(found.aggregations));
      };
      expect(await results(request('time', 'number'))).toEqual(await results(request('times', 'numbers')));
      await engine.deleteIndices([index.name]);
    }),
    { numRuns: 40 },
  );
  await engine.close();
  await rm(directory, { recursive: true });
}, 30_000);
