import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { Query } from '../query/query.ts';
import type { SearchRequest } from '../search/search.ts';
import type { Steps } from '../steps/steps.ts';
import type { Engine, Index } from './engine.ts';
import { openEngine } from './open-engine.ts';
import type { PinnedIndex } from './pinned-index.ts';

const STATUSES = ['submitted', 'running', 'failed'] as const;
const PROPERTIES = {
  status: { type: 'keyword' },
  labels: { type: 'keyword' },
  number: { type: 'long' },
  message: { type: 'text' },
};

let directory: string;
let engine: Engine;
let jobs: Index;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory, durability: 'async', checkpointRecords: 40, segmentBytes: 4000 });
  jobs = await engine.createIndex('jobs', { mappings: { properties: PROPERTIES }, settings: {}, aliases: {} });
});

afterEach(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

const QUERIES: readonly Query[] = [
  { type: 'matchAll' },
  ...STATUSES.map((value): Query => ({ type: 'term', field: 'status', value })),
  { type: 'term', field: 'labels', value: 'b' },
  { type: 'range', field: 'number', gte: 50 },
  { type: 'match', field: 'message', query: 'disk' },
  { type: 'exists', field: 'labels' },
  { type: 'ids', values: ['1', '7', '19'] },
];

function requestOf(query: Query): SearchRequest {
  return {
    query,
    from: 0,
    size: 100,
    sort: [{ field: '_id', direction: 'asc' }],
    trackScores: true,
    aggregations: {
      status: { type: 'terms', field: 'status', size: 10, order: [], minDocCount: 1 },
      sum: { type: 'sum', field: 'number' },
    } as SearchRequest['aggregations'],
  };
}

/** Everything that can be seen of an index. */
async function seen(index: Index): Promise<unknown> {
  const answers = [];
  for (const query of QUERIES) {
    const { hits, ...rest } = await engine.search([index], requestOf(query));
    const shown = hits.map((hit) => ({ ...hit, source: Buffer.from(hit.source()).toString() }));
    answers.push(JSON.stringify({ ...rest, hits: shown }));
  }
  return answers;
}

const job = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    labels: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    number: fc.integer({ min: 0, max: 99 }),
    message: fc.constantFrom('disk full', 'no disk', 'too slow'),
  },
  { requiredKeys: ['status'] },
);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('put' as const), fc.nat({ max: 20 }), job) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('delete' as const), fc.nat({ max: 20 }), job) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('pin' as const), fc.nat({ max: 20 }), job) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('flush' as const), fc.nat({ max: 20 }), job) },
);

test('pinned indices stay as they were, whatever is written meanwhile', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const pins: { readonly index: Index; readonly before: unknown; release(): void }[] = [];
      for (const [kind, id, source] of steps) {
        if (kind === 'put') jobs.write({ type: 'index', id: `${id}`, source: Buffer.from(JSON.stringify(source)) });
        else if (kind === 'delete') jobs.write({ type: 'delete', id: `${id}` });
        else if (kind === 'flush') await engine.flush();
        else {
          const before = await seen(jobs);
          const { indices, release } = engine.pin([jobs]);
          pins.push({ index: indices[0]!, before, release });
        }
      }
      const now = await seen(jobs);
      for (const { index, before } of pins) expect(await seen(index)).toEqual(before);
      expect(await seen(jobs)).toEqual(now);
      for (const { release } of pins) release();
    }),
    { numRuns: 60 },
  );
});

test('a pinned index is read and not written', async () => {
  jobs.write({ type: 'index', id: '1', source: Buffer.from('{"status":"running"}') });
  const { indices, release } = engine.pin([jobs]);
  jobs.write({ type: 'delete', id: '1' });
  const [pinned] = indices;
  expect(Buffer.from(pinned!.get('1')!.source()).toString()).toBe('{"status":"running"}');
  expect(jobs.get('1')).toBeUndefined();
  expect(() => pinned!.write({ type: 'delete', id: '1' })).toThrow('pinned');
  release();
});

test('sources that were found can be read until a computation that takes turns has ended, though they were replaced', async () => {
  const source = '{"status":"running"}';
  const put = (text: string) => jobs.write({ type: 'index', id: '1', source: Buffer.from(text) });
  put(source);
  const { hits } = await engine.search([jobs], requestOf({ type: 'matchAll' }));
  let isReplaced = false;
  function* reading(): Steps<string> {
    while (!isReplaced) yield;
    return Buffer.from(hits[0]!.source()).toString();
  }
  const read = engine.takeTurns(reading());
  for (let write = 0; write < 500; write++) put('{"status":"failed"}');
  await engine.flush();
  isReplaced = true;
  expect(await read).toBe(source);
  await engine.flush();
  put('{"status":"failed"}');
  await engine.flush();
  expect(() => hits[0]!.source()).toThrow();
});

test('a query that takes long to resolve is described while the index is written', async () => {
  await engine.close();
  engine = await openEngine({ directory, durability: 'async' });
  jobs = engine.index('jobs')!;
  const write = (status: string): unknown =>
    jobs.write({ type: 'index', source: Buffer.from(JSON.stringify({ status })) });
  for (let number = 0; number < 10_000; number++) write(`state-${number}`);
  const patterns = Array.from({ length: 20 }, (_, at) => `.*a.*${at}.*[0-9]`);
  const should = patterns.map((value): Query => ({ type: 'regexp', field: 'status', value }));
  const query: Query = { type: 'bool', must: [], filter: [], should, mustNot: [] };
  let isDescribed = false;
  const described = engine.describe(jobs, query).finally(() => {
    isDescribed = true;
  });
  let written = 0;
  for (; !isDescribed; written++) {
    write(`later-${written}`);
    await nextTurn();
  }
  expect(written).toBeGreaterThan(1);
  expect(await described).toBe(patterns.map((pattern) => `status:/${pattern}/`).join(' '));
  expect(jobs.docCount()).toBe(10_000 + written);
});

test('searches of a pinned index get postings of what they ask for, though the index is written', async () => {
  await engine.close();
  engine = await openEngine({ directory, durability: 'async' });
  jobs = engine.index('jobs')!;
  const write = (number: number): unknown =>
    jobs.write({ type: 'index', source: Buffer.from(JSON.stringify({ status: STATUSES[number % 3], number })) });
  // Postings of fewer documents are made at once.
  for (let number = 0; number < 18_000; number++) write(number);
  const { indices, release } = engine.pin([jobs]);
  write(0);
  const request = requestOf({ type: 'term', field: 'status', value: 'submitted' });
  expect((await engine.search(indices, request)).total).toBe(6000);
  const column = (indices[0] as PinnedIndex).view.data.column('status') as OrdinalColumn;
  await vi.waitUntil(() => column.requestPostings() !== undefined);
  expect((await engine.search(indices, request)).total).toBe(6000);
  expect((await engine.search([jobs], request)).total).toBe(6001);
  release();
});
