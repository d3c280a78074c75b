import { expect, test } from 'vitest';
import { bm25Scorer, lengthCode, storedLength } from './bm25.ts';
import { BM25 } from './similarity.ts';

test('lengths up to 24 are exact, longer ones keep four significant bits', () => {
  expect([1, 23, 24, 39, 40, 41, 42, 100, 1000].map((length) => storedLength(lengthCode(length)))).toEqual([
    1, 23, 24, 39, 40, 40, 42, 96, 984,
  ]);
});

test('a term in every document scores less than one in few', () => {
  const common = bm25Scorer(
    { docCount: 10, termCount: 10, docFrequencies: [10], norms: true, similarity: BM25 },
    BM25,
    1,
  );
  const rare = bm25Scorer({ docCount: 10, termCount: 10, docFrequencies: [1], norms: true, similarity: BM25 }, BM25, 1);
  expect(common(1, 1)).toBeLessThan(rare(1, 1));
});
