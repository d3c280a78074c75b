import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OrdinalColumn } from '../columns/ordinal-column.ts';
import { openEngine } from '../engine/open-engine.ts';
import { IndexReader } from '../search/index-reader.ts';
import { finish } from '../steps/steps.ts';
import { compactDictionaries } from './compact-dictionaries.ts';
import type { LocalIndex } from './local-index.ts';

const DOCS = 10_000;
const KEPT = 1000;

test('what is written while terms are let go of is found afterwards, also in a fork of the data', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'search-engine-'));
  const engine = await openEngine({ directory, durability: 'async' });
  const mappings = { properties: { key: { type: 'keyword' }, words: { type: 'text' } } };
  const index = (await engine.createIndex('jobs', { mappings, settings: {}, aliases: {} })) as LocalIndex;
  const keys = new Map<string, string>();
  const put = (id: string, key: string): void => {
    index.write({ type: 'index', id, source: Buffer.from(JSON.stringify({ key, words: [key, 'end'] })) });
    keys.set(id, key);
  };
  const remove = (id: string): void => {
    index.write({ type: 'delete', id });
    keys.delete(id);
  };
  for (let doc = 0; doc < DOCS; doc++) put(`${doc}`, `key ${doc}`);
  for (let doc = KEPT; doc < DOCS; doc++) remove(`${doc}`);

  const before = index.view();
  let written = 0;
  for (const _ of compactDictionaries(index)) {
    put(`new ${written}`, `new key ${written}`);
    // Terms and ids that were out of use when it began.
    put(`${DOCS - 1 - written}`, `key ${KEPT + written}`);
    remove(`${written}`);
    put(`${KEPT - 1 - written}`, `updated key ${written}`);
    if (written === 1) index.separate();
    written++;
  }
  expect(written).toBeGreaterThan(4);

  for (const [id, key] of keys) {
    const queries = [
      { type: 'term', field: 'key', value: key },
      { type: 'matchPhrase', field: 'words', query: key },
    ] as const;
    for (const query of queries) {
      const found = finish(new IndexReader(index.view(), 0).findMatchingDocs(query));
      expect([id, found.size, found.has(index.data.documents.find(id)!)]).toEqual([id, 1, true]);
    }
  }
  expect(index.docCount()).toBe(keys.size);
  const column = index.data.column('key') as OrdinalColumn;
  expect(Math.max(column.dictionary.size, index.data.documents.dictionary.size)).toBeLessThan(2 * KEPT);
  expect(before.data.documents.dictionary.size).toBeGreaterThanOrEqual(DOCS);
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});
