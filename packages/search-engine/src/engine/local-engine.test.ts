import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SearchRequest } from '../search/search.ts';
import type { Engine, Index, IndexDefinition, WriteOperation } from './engine.ts';
import { openEngine } from './open-engine.ts';

const JOBS: IndexDefinition = {
  mappings: {
    properties: {
      status: { type: 'keyword' },
      labels: { type: 'keyword' },
      'start-time': { type: 'date' },
      message: { type: 'text' },
      'exit-code': { type: 'integer' },
    },
  },
  settings: {},
  aliases: {},
};

const SEARCH: SearchRequest = {
  query: { type: 'matchAll' },
  from: 0,
  size: 10,
  sort: [],
  trackScores: false,
  aggregations: {},
};

let directory: string;
let engine: Engine;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory });
});

afterEach(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

async function reopen(): Promise<Index> {
  await engine.close();
  engine = await openEngine({ directory });
  return engine.index('jobs')!;
}

function put(id: string, source: object): WriteOperation {
  return { type: 'index', id, source: Buffer.from(JSON.stringify(source)) };
}

function sourceOf(index: Index, id: string): unknown {
  const document = index.get(id);
  return document === undefined ? undefined : JSON.parse(Buffer.from(document.source()).toString());
}

async function idsOf(index: Index, request: Partial<SearchRequest>): Promise<string[]> {
  const { hits } = await engine.search([index], { ...SEARCH, ...request });
  return hits.map(({ id }) => id);
}

test('a write is visible at once by id and in searches', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  const result = jobs.write(put('1', { status: 'running', labels: ['a', 'b'] }));
  expect(result).toEqual({ id: '1', result: 'created', version: 1, seqNo: 0, primaryTerm: 1 });
  expect(sourceOf(jobs, '1')).toEqual({ status: 'running', labels: ['a', 'b'] });
  expect(await idsOf(jobs, { query: { type: 'term', field: 'labels', value: 'b' } })).toEqual(['1']);
});

test('an update replaces every field of a document', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  jobs.write(put('1', { status: 'running', labels: ['a'] }));
  expect(await idsOf(jobs, { query: { type: 'term', field: 'status', value: 'running' } })).toEqual(['1']);
  expect(jobs.write(put('1', { status: 'succeeded' })).result).toBe('updated');
  expect(await idsOf(jobs, { query: { type: 'term', field: 'status', value: 'running' } })).toEqual([]);
  expect(await idsOf(jobs, { query: { type: 'exists', field: 'labels' } })).toEqual([]);
  expect(await idsOf(jobs, { query: { type: 'term', field: 'status', value: 'succeeded' } })).toEqual(['1']);
});

test('everything is there after closing and opening again', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  jobs.write(put('1', { status: 'running', 'start-time': '2024-01-01T00:00:00Z', message: 'disk is full' }));
  jobs.write(put('2', { status: 'failed', 'new-field': 7 }));
  jobs.write({ type: 'delete', id: '1' });
  await engine.updateMetadata('template', new Map([['t', { order: 1 }]]));
  await engine.commit();
  const again = await reopen();
  expect(again.docCount()).toBe(1);
  expect(sourceOf(again, '2')).toEqual({ status: 'failed', 'new-field': 7 });
  expect(again.mappings()).toHaveProperty('properties.new-field.type', 'long');
  expect(again.get('2')).toMatchObject({ version: 1, seqNo: 1 });
  expect(await idsOf(again, { query: { type: 'term', field: 'new-field', value: 7 } })).toEqual(['2']);
  expect([...engine.metadata('template')]).toEqual([['t', { order: 1 }]]);
});

test('what was committed is there after a crash', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  for (let i = 0; i < 50; i++) jobs.write(put(`${i}`, { status: i % 2 ? 'running' : 'failed' }));
  await engine.flush();
  for (let i = 0; i < 50; i += 3) jobs.write(put(`${i}`, { status: 'succeeded' }));
  await engine.commit();
  const copy = await mkdtemp(join(tmpdir(), 'search-engine-'));
  await cp(directory, copy, { recursive: true });
  await rm(join(copy, 'lock'));
  const other = await openEngine({ directory: copy });
  const again = other.index('jobs')!;
  const request = { ...SEARCH, query: { type: 'term', field: 'status', value: 'succeeded' } } as const;
  expect((await other.search([again], request)).total).toBe(17);
  expect(again.docCount()).toBe(50);
  await other.close();
  await rm(copy, { recursive: true });
});

test('a condition that does not hold is a conflict with what is there', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  jobs.write(put('1', {}));
  expect(() => jobs.write({ ...put('1', {}), ifSeqNo: 5, ifPrimaryTerm: 1 })).toThrow(
    '[1]: version conflict, required seqNo [5], primary term [1]. current document has seqNo [0] and primary term [1]',
  );
  expect(() => jobs.write({ type: 'create', id: '1', source: Buffer.from('{}') })).toThrow(
    '[1]: version conflict, document already exists (current version [1])',
  );
});

test('the newest come first, and a page follows the one before', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  for (let i = 0; i < 5; i++) jobs.write(put(`${i}`, { 'start-time': 1e12 + 1000 * i }));
  jobs.write(put('none', {}));
  const sort = [{ field: 'start-time', direction: 'desc' }] as const;
  expect(await idsOf(jobs, { sort, size: 2 })).toEqual(['4', '3']);
  expect(await idsOf(jobs, { sort, searchAfter: [1e12 + 3000] })).toEqual(['2', '1', '0', 'none']);
  expect(await idsOf(jobs, { sort, searchAfter: [null] })).toEqual([]);
});

test('text is found by its words and ordered by relevance', async () => {
  const jobs = await engine.createIndex('jobs', JOBS);
  jobs.write(put('1', { message: 'the disk of the worker is full' }));
  jobs.write(put('2', { message: 'Disk full' }));
  jobs.write(put('3', { message: 'connection refused' }));
  expect(await idsOf(jobs, { query: { type: 'match', field: 'message', query: 'disk full' } })).toEqual(['2', '1']);
  expect(await idsOf(jobs, { query: { type: 'matchPhrase', field: 'message', query: 'disk full' } })).toEqual(['2']);
  expect(await idsOf(jobs, { query: { type: 'matchPhrase', field: 'message', query: 'disk full', slop: 5 } })).toEqual([
    '2',
    '1',
  ]);
});

test('words of one position share it, after a restart too', async () => {
  const analysis = {
    filter: { both: { type: 'asciifolding', preserve_original: true } },
    analyzer: { both: { tokenizer: 'standard', filter: ['lowercase', 'both'] } },
  };
  const mappings = { properties: { message: { type: 'text', analyzer: 'both' } } };
  let jobs = await engine.createIndex('jobs', { mappings, settings: { analysis }, aliases: {} });
  jobs.write(put('1', { message: 'Café olé, the café' }));
  jobs.write(put('2', { message: 'the cafe' }));
  const phrase = (query: string) => ({ query: { type: 'matchPhrase', field: 'message', query } }) as const;
  for (const flushes of [true, false]) {
    expect(await idsOf(jobs, phrase('café olé the'))).toEqual(['1']);
    expect(await idsOf(jobs, phrase('the café'))).toEqual(['2', '1']);
    expect(await idsOf(jobs, phrase('cafe café'))).toEqual([]);
    if (flushes) await engine.flush();
    jobs = await reopen();
  }
});

test('a deleted index is gone, after a restart too', async () => {
  await engine.createIndex('jobs', JOBS);
  await engine.flush();
  await engine.deleteIndices(['jobs']);
  expect(engine.index('jobs')).toBeUndefined();
  expect(await reopen()).toBeUndefined();
});
