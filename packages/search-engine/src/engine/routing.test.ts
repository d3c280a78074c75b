import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine, Index } from './engine.ts';
import { openEngine } from './open-engine.ts';

let directory: string;
let engine: Engine;
let jobs: Index;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-routing-'));
  engine = await openEngine({ directory });
  // Of five shards, `a` leads to another than the id `1` and the value `b`.
  jobs = await engine.createIndex('jobs', {
    mappings: {},
    settings: { index: { number_of_shards: '5' } },
    aliases: {},
  });
});

afterEach(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

const source = Buffer.from('{"n":1}');

async function reopen(): Promise<void> {
  await engine.close();
  engine = await openEngine({ directory });
  jobs = engine.index('jobs')!;
}

test('a routing value is kept through updates, in the log and in checkpoints, until the document is written without', async () => {
  jobs.write({ type: 'index', id: '1', routing: 'a', source });
  jobs.write({ type: 'index', id: '2', source });
  for (const flushes of [false, true, false]) {
    if (flushes) await engine.flush();
    await reopen();
    expect(jobs.get('1', 'a')).toMatchObject({ routing: 'a' });
    expect(jobs.get('1', 'a')!.source()).toEqual(source);
    expect(jobs.get('1')).toBeUndefined();
    expect(jobs.get('2')).toMatchObject({ routing: undefined });
  }
  const query = { type: 'term', field: '_routing', value: 'a' } as const;
  const request = { query, from: 0, size: 10, sort: [], trackScores: false, aggregations: {} };
  expect((await engine.search([jobs], request)).hits.map(({ id, routing }) => [id, routing])).toEqual([['1', 'a']]);
  jobs.write({ type: 'index', id: '1', source });
  await reopen();
  expect(jobs.get('1')).toMatchObject({ routing: undefined });
});

test('what is deleted in another shard is not the document, after a restart too', async () => {
  jobs.write({ type: 'index', id: '1', routing: 'a', source });
  expect(jobs.write({ type: 'delete', id: '1' })).toMatchObject({ result: 'not_found', version: 1 });
  expect(() => jobs.write({ type: 'delete', id: '1', ifSeqNo: 0, ifPrimaryTerm: 1 })).toThrow(/no document was found/);
  await reopen();
  expect(jobs.get('1', 'a')).toMatchObject({ seqNo: 0 });
  expect(jobs.write({ type: 'delete', id: '1', routing: 'a' }).result).toBe('deleted');
  await reopen();
  expect(jobs.docCount()).toBe(0);
});

test('a pinned index goes on showing the routing values that there were', async () => {
  jobs.write({ type: 'index', id: '1', routing: 'a', source });
  const { indices, release } = engine.pin([jobs]);
  jobs.write({ type: 'index', id: '1', routing: 'b', source });
  expect(indices[0]!.get('1', 'a')).toMatchObject({ routing: 'a' });
  expect(indices[0]!.get('1', 'b')).toBeUndefined();
  expect(jobs.get('1', 'b')).toMatchObject({ routing: 'b' });
  release();
});
