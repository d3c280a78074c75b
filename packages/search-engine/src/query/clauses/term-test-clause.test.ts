import { expect, test } from 'vitest';
import { BitSet } from '../../columns/bit-set.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { KeywordColumn } from '../../columns/keyword-column.ts';
import { prefixTest } from '../compile/matching-ordinals.ts';
import { BoolClause } from './bool-clause.ts';
import { TermTestClause } from './term-test-clause.ts';
import { TermsClause } from './terms-clause.ts';

const DOCS = 70_000;

function listed(set: DocSet): number[] {
  const found: number[] = [];
  set.forEachChunk((chunk, offsets, count) => {
    for (let i = 0; i < count; i++) found.push(chunk * 65_536 + offsets[i]!);
  });
  return found;
}

test('documents are found by a test of their terms, as a whole and one by one', () => {
  const column = new KeywordColumn(() => DOCS);
  const live = BitSet.forDocs(DOCS);
  for (let doc = 0; doc < DOCS; doc++) {
    live.add(doc);
    column.set(doc, [`id-${doc}`, ...(doc % 7 === 0 ? [`granule-${doc % 1000}`] : [])]);
  }
  const clause = () => new TermTestClause(column, prefixTest(Buffer.from('id-123')), DOCS, 1);
  const expected = Array.from({ length: DOCS }, (_, doc) => doc).filter((doc) => `id-${doc}`.startsWith('id-123'));
  expect(listed(clause().docs())).toEqual(expected);
  expect(expected.every((doc) => clause().matches(doc))).toBe(true);
  expect(clause().matches(124)).toBe(false);
  // A rarer clause leads, so the dictionary is not read.
  const granule = new TermsClause(column, [column.dictionary.ordinal('granule-232')], DOCS, 0);
  const both = new BoolClause(
    { must: [], filter: [clause(), granule], should: [], mustNot: [], minShould: 0 },
    live,
    DOCS,
  );
  expect(listed(both.docs())).toEqual([1232]);
});
