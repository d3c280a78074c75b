import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StoredDocument } from '../index/stored-document.ts';
import type { Query } from '../query/query.ts';
import type { Engine, Index } from './engine.ts';
import { openEngine } from './open-engine.ts';

let directory: string;
let engine: Engine;
let jobs: Index;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  engine = await openEngine({ directory, maxFieldsPerIndex: 10 });
  jobs = await engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} });
});

afterEach(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

function source(of: object): Uint8Array {
  return Buffer.from(JSON.stringify(of));
}

async function countOf(query: Query): Promise<number> {
  const rest = { from: 0, size: 0, sort: [], trackScores: false, aggregations: {} };
  return (await engine.search([jobs], { query, ...rest })).total;
}

test('an update sees the document as it is, and may leave it', async () => {
  jobs.write({ type: 'index', id: 'a', source: source({ count: 1 }) });
  const add = (current: StoredDocument | undefined) => {
    const { count } = JSON.parse(Buffer.from(current!.source()).toString());
    return { type: 'index', source: source({ count: count + 1 }) } as const;
  };
  expect(jobs.write({ type: 'update', id: 'a', apply: add })).toMatchObject({
    result: 'updated',
    version: 2,
    seqNo: 1,
  });
  expect(jobs.write({ type: 'update', id: 'a', apply: () => ({ type: 'none' }) })).toMatchObject({
    result: 'noop',
    version: 2,
    seqNo: 1,
  });
  expect(await countOf({ type: 'term', field: 'count', value: 2 })).toBe(1);
  expect(jobs.write({ type: 'update', id: 'a', apply: () => ({ type: 'delete' }) }).result).toBe('deleted');
  expect(jobs.get('a')).toBeUndefined();
});

test('a document that comes back soon after its deletion goes on counting its versions', () => {
  jobs.write({ type: 'index', id: 'a', source: source({}) });
  expect(jobs.write({ type: 'delete', id: 'a' })).toMatchObject({ result: 'deleted', version: 2 });
  expect(jobs.write({ type: 'index', id: 'a', source: source({}) })).toMatchObject({ result: 'created', version: 3 });
});

test('a document without an id is given one', () => {
  const { id } = jobs.write({ type: 'create', source: source({ a: 1 }) });
  expect(id).toMatch(/^[\w-]{20}$/);
  expect(jobs.get(id)?.version).toBe(1);
});

test('a version from outside has to be greater', () => {
  const put = (version: number) =>
    jobs.write({ type: 'index', id: 'a', source: source({}), version, versionType: 'external' });
  expect(put(7).version).toBe(7);
  expect(() => put(7)).toThrow('[a]: version conflict, current version [7] is higher or equal to the one provided [7]');
  expect(put(8).version).toBe(8);
});

test.each([
  ['[1]', 'expected a JSON object, found an array'],
  ['"text"', 'expected a JSON object, found "text"'],
  ['{"a":', 'failed to parse'],
  ['', 'failed to parse'],
])('the source %s is refused and changes nothing', (text, message) => {
  expect(() => jobs.write({ type: 'index', id: 'a', source: Buffer.from(text) })).toThrow(message);
  expect(jobs.docCount()).toBe(0);
  expect(jobs.stats().maxSeqNo).toBe(-1);
});

test('a source that is not UTF-8 is refused', () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.of(0xff), Buffer.from('"}')]);
  expect(() => jobs.write({ type: 'index', id: 'a', source: bytes })).toThrow('the source is not UTF-8');
});

test('an id of more than 512 bytes is refused', () => {
  const id = 'é'.repeat(300);
  expect(() => jobs.write({ type: 'index', id, source: source({}) })).toThrow(
    'id is too long, must be no longer than 512 bytes but was: 600',
  );
});

test('more fields than the index may have are refused, with the document that brought them', () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, number) => [`field-${number}`, number]));
  expect(() => jobs.write({ type: 'index', id: 'a', source: source(many) })).toThrow(/[Ll]imit of total fields \[10\]/);
  expect(jobs.docCount()).toBe(0);
  expect(jobs.mappings()).not.toHaveProperty('properties.field-1');
});

test('a name that JavaScript knows is a field like any other', async () => {
  const text = '{"__proto__":{"x":1},"constructor":"c","toString":"t"}';
  jobs.write({ type: 'index', id: '__proto__', source: Buffer.from(text) });
  expect(await countOf({ type: 'term', field: 'constructor.keyword', value: 'c' })).toBe(1);
  expect(await countOf({ type: 'term', field: '__proto__.x', value: 1 })).toBe(1);
  expect(Buffer.from(jobs.get('__proto__')!.source()).toString()).toBe(text);
});

test('an index that was deleted takes no more writes', async () => {
  await engine.deleteIndices(['jobs']);
  expect(() => jobs.write({ type: 'index', id: 'a', source: source({}) })).toThrow('no such index [jobs]');
  await expect(engine.deleteIndices(['jobs'])).rejects.toMatchObject({ code: 'not-found' });
});

test('an index of a name that is taken is not made', async () => {
  await expect(engine.createIndex('jobs', { mappings: {}, settings: {}, aliases: {} })).rejects.toMatchObject({
    code: 'already-exists',
  });
});

test('aliases and settings are kept over a restart', async () => {
  await engine.updateAliases(
    new Map([
      [
        'jobs',
        new Map([
          ['all', { is_write_index: true }],
          ['other', {}],
        ]),
      ],
    ]),
  );
  await engine.updateAliases(new Map([['jobs', new Map([['other', undefined]])]]));
  await engine.putSettings('jobs', { 'index.number_of_replicas': '0' });
  await engine.close();
  engine = await openEngine({ directory });
  expect(engine.index('jobs')!.aliases()).toEqual({ all: { is_write_index: true } });
  expect(engine.index('jobs')!.settings()).toEqual({ 'index.number_of_replicas': '0' });
});

test('aliases that change together with deleted indices are replayed as they were', async () => {
  const fresh = await engine.createIndex('fresh', { mappings: {}, settings: {}, aliases: {} });
  fresh.write({ type: 'index', id: 'a', source: source({}) });
  jobs.write({ type: 'index', id: 'b', source: source({}) });
  await engine.updateAliases(new Map([['fresh', new Map([['all', {}]])]]), ['jobs']);
  const copy = `${directory}-copy`;
  await cp(directory, copy, { recursive: true, filter: (path) => basename(path) !== 'lock' });
  const replayed = await openEngine({ directory: copy });
  expect(replayed.indices().map(({ name }) => name)).toEqual(['fresh']);
  expect(replayed.index('fresh')!.aliases()).toEqual({ all: {} });
  expect(replayed.index('fresh')!.docCount()).toBe(1);
  await replayed.close();
  await rm(copy, { recursive: true });
});

test('aliases that change together with a new index change at once, and are replayed as they were', async () => {
  await engine.updateAliases(new Map([['jobs', new Map([['written', {}]])]]));
  const aliases = (of: Engine) => Object.fromEntries(of.indices().map((index) => [index.name, index.aliases()]));
  const moved = new Map<string, Map<string, { is_write_index: boolean } | undefined>>([
    ['jobs', new Map([['written', undefined]])],
    ['next', new Map([['written', { is_write_index: true }]])],
  ]);
  const expected = { jobs: {}, next: { all: {}, written: { is_write_index: true } } };
  const creation = engine.createIndex('next', { mappings: {}, settings: {}, aliases: { all: {} } }, moved);
  expect(aliases(engine)).toEqual(expected);
  await creation;
  await expect(
    engine.createIndex('third', { mappings: {}, settings: {}, aliases: {} }, new Map([['missing', new Map()]])),
  ).rejects.toMatchObject({ code: 'not-found' });
  await engine.close();
  engine = await openEngine({ directory });
  expect(aliases(engine)).toEqual(expected);
});

test('metadata is listed by name and removed by name', async () => {
  await engine.updateMetadata('template', new Map([['b', { order: 2 }]]));
  await engine.updateMetadata('template', new Map([['a', { order: 1 }]]));
  await engine.updateMetadata('other', new Map([['c', {}]]));
  expect([...engine.metadata('template').keys()]).toEqual(['a', 'b']);
  await engine.updateMetadata('template', new Map([['a', undefined]]));
  expect([...engine.metadata('template').keys()]).toEqual(['b']);
});

test('a blocked index refuses writes, after a crash too, until its settings say otherwise', async () => {
  jobs.write({ type: 'index', id: 'a', source: source({ n: 1 }) });
  await engine.putSettings('jobs', { index: { blocks: { write: 'true' } } });
  const copy = `${directory}-copy`;
  await cp(directory, copy, { recursive: true, filter: (path) => basename(path) !== 'lock' });
  const after = await openEngine({ directory: copy });
  try {
    for (const index of [jobs, after.index('jobs')!]) {
      for (const operation of [
        { type: 'index', id: 'a', source: source({ n: 'no number' }) },
        { type: 'create', id: 'a', source: source({}) },
        { type: 'delete', id: 'a' },
        { type: 'update', id: 'b', apply: (): { readonly type: 'none' } => ({ type: 'none' }) },
      ] as const) {
        expect(() => index.write(operation)).toThrow('index [jobs] blocked by: [FORBIDDEN/8/index write (api)];');
      }
      expect(index.get('a')?.version).toBe(1);
    }
    await after.putSettings('jobs', {});
    expect(after.index('jobs')!.write({ type: 'delete', id: 'a' }).result).toBe('deleted');
  } finally {
    await after.close();
    await rm(copy, { recursive: true });
  }
});

test('an index whose metadata is blocked takes documents of no new field', async () => {
  jobs.write({ type: 'index', id: 'a', source: source({ n: 1 }) });
  await engine.putSettings('jobs', { 'index.blocks.metadata': 'true' });
  expect(jobs.write({ type: 'index', id: 'a', source: source({ n: 2 }) }).result).toBe('updated');
  expect(() => jobs.write({ type: 'index', id: 'a', source: source({ m: 1 }) })).toThrow('index metadata (api)');
  expect(jobs.mappings().properties).not.toHaveProperty('m');
});
