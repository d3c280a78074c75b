import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Query } from '../query/query.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';

/** Data directories of every format that was ever written: 30 jobs, a checkpoint, and behind it five updates and a deletion in the log. */
const FIXTURES = join(import.meta.dirname, '../../fixtures');

test.each(await readdir(FIXTURES))('the data directory %s opens, is written to, and opens again', async (name) => {
  const directory = await mkdtemp(join(tmpdir(), 'search-engine-format-'));
  try {
    await cp(join(FIXTURES, name), directory, { recursive: true });
    for (const opening of [1, 2, 3]) {
      const engine = await openEngine({ directory, segmentBytes: 1500 });
      const jobs = engine.index('jobs')!;
      expect(engine.indices().map((index) => index.name)).toEqual(['empty', 'jobs']);
      expect(jobs.aliases()).toEqual({ current: {} });
      expect([...engine.metadata('template')]).toEqual([['t', { order: 1 }]]);
      expect(await countOf(engine, { type: 'term', field: 'status', value: 'running' })).toBe(5);
      expect(await countOf(engine, { type: 'term', field: 'status', value: 'succeeded' })).toBe(
        opening === 1 ? 15 : 16,
      );
      expect(await countOf(engine, { type: 'range', field: 'exit-code', gte: 20 })).toBe(10);
      expect(await countOf(engine, { type: 'matchPhrase', field: 'message', query: 'disk 29 of the worker' })).toBe(1);
      expect(await countOf(engine, { type: 'term', field: 'host', value: '10.0.0.0/27' })).toBe(28);
      expect(await countOf(engine, { type: 'term', field: 'extra.k', value: 'v12' })).toBe(1);
      expect(await countOf(engine, { type: 'term', field: 'new-field', value: 3 })).toBe(1);
      expect(jobs.get('job-7')).toBeUndefined();
      expect(jobs.get('job-8')).toBeUndefined();
      expect(JSON.parse(Buffer.from(jobs.get('job-29')!.source()).toString())).toMatchObject({ ratio: 7.25 });
      jobs.write({ type: 'index', id: 'later', source: Buffer.from('{"status":"succeeded"}') });
      if (opening === 2) await engine.flush();
      await engine.close();
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});

async function countOf(engine: Engine, query: Query): Promise<number> {
  const rest = { from: 0, size: 0, sort: [], trackScores: false, aggregations: {} };
  return (await engine.search([engine.index('jobs')!], { query, ...rest })).total;
}
