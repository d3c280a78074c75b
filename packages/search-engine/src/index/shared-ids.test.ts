import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { openEngine } from '../engine/open-engine.ts';
import { IndexReader } from '../search/index-reader.ts';
import { finish } from '../steps/steps.ts';
import { compactDictionaries } from './compact-dictionaries.ts';
import type { LocalIndex } from './local-index.ts';

const DEFINITION = {
  mappings: { properties: { id: { type: 'keyword' }, status: { type: 'keyword' } } },
  settings: {},
  aliases: {},
};

const docs = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

async function inDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  try {
    await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function put(index: LocalIndex, id: string, value: string | readonly string[] = id): void {
  index.write({ type: 'index', id, source: Buffer.from(JSON.stringify({ id: value, status: 'running' })) });
}

/** How many documents have the value in their field `id`. */
function count(index: LocalIndex, value: string): number {
  return finish(new IndexReader(index.view(), 0).findMatchingDocs({ type: 'term', field: 'id', value })).size;
}

function isShared(index: LocalIndex): boolean {
  const column = index.data.column('id');
  return column instanceof KeywordColumn && column.dictionary === index.data.documents.dictionary;
}

test('ids that documents have in a field too are kept once: after restarts, and after most of them have gone', async () => {
  await inDirectory(async (directory) => {
    let engine = await openEngine({ directory, durability: 'async' });
    let index = (await engine.createIndex('jobs', DEFINITION)) as LocalIndex;
    const { data } = index;
    for (const doc of docs(0, 6000)) put(index, `job-${doc}`);
    expect(isShared(index)).toBe(true);
    const ids = data.documents.dictionary.memoryBytes;
    expect(data.memoryBytes).toBeLessThan(2.5 * ids);
    for (const restart of [0, 1]) {
      await engine.flush();
      await engine.close();
      engine = await openEngine({ directory, durability: 'async' });
      index = engine.index('jobs') as LocalIndex;
      expect(isShared(index)).toBe(true);
      put(index, `later-${restart}`);
    }
    for (const doc of docs(0, 5000)) index.write({ type: 'delete', id: `job-${doc}` });
    finish(compactDictionaries(index));
    expect(isShared(index)).toBe(true);
    expect(index.data.documents.dictionary.size).toBe(1002);
    expect(['job-1', 'job-5999', 'later-0', 'later-1'].map((id) => count(index, id))).toEqual([0, 1, 1, 1]);
    await engine.close();
  });
});

const id = fc.integer({ min: 0, max: 12 }).map((number) => `job-${number}`);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('own' as const), id }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('other' as const), id, values: fc.array(id, { maxLength: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete' as const), id }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('view' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('checkpoint' as const, 'restart' as const) }) },
);

test('a field of ids finds what its documents have, whatever becomes of the documents of those ids', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), (steps) =>
      inDirectory(async (directory) => {
        let engine = await openEngine({ directory, durability: 'async' });
        let index = (await engine.createIndex('jobs', DEFINITION)) as LocalIndex;
        const model = new Map<string, readonly string[]>();
        for (const each of steps) {
          if (each.type === 'own') put(index, each.id);
          else if (each.type === 'other') put(index, each.id, each.values);
          else if (each.type === 'delete') index.write({ type: 'delete', id: each.id });
          else if (each.type === 'view') index.separate();
          else await engine.flush();
          if (each.type === 'own') model.set(each.id, [each.id]);
          if (each.type === 'other') model.set(each.id, each.values);
          if (each.type === 'delete') model.delete(each.id);
          if (each.type !== 'restart') continue;
          await engine.close();
          engine = await openEngine({ directory, durability: 'async' });
          index = engine.index('jobs') as LocalIndex;
        }
        for (let number = 0; number <= 12; number++) {
          const value = `job-${number}`;
          const expected = [...model.values()].filter((values) => values.includes(value)).length;
          expect([value, count(index, value), index.get(value) !== undefined]).toEqual([
            value,
            expected,
            model.has(value),
          ]);
        }
        await engine.close();
      }),
    ),
    { numRuns: 15 },
  );
});
