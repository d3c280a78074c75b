import { expect, test } from 'vitest';
import { buildAnalyzer } from '../analysis/built-in-analyzers.ts';
import { wholeToken } from '../analysis/tokenizers/run-tokenizer.ts';
import { KeywordColumn } from '../columns/keyword-column.ts';
import { TextColumn } from './text-column.ts';

const analyzer = buildAnalyzer('words', wholeToken, [], { positionIncrementGap: 1000 });

function positions(texts: number): number {
  const column = new TextColumn(() => 1);
  column.set(0, Array(texts).fill('word'), { analyzer, onceEach: false });
  const { start, end } = column.words(0);
  return end - start;
}

test('the texts of a document stand as far apart as the analyzer says, nearer where they are very many', () => {
  expect(positions(3)).toBe(3 + 2 * 1000);
  expect(positions(400_000)).toBe(400_000 + 399_999 * 10);
});

test('a document may have a great many keywords', () => {
  const column = new KeywordColumn(() => 1);
  column.set(
    0,
    Array.from({ length: 600_000 }, (_, at) => `key ${at >>> 1}`),
  );
  expect(column.count(0)).toBe(300_000);
  expect(column.has(0, column.dictionary.ordinal('key 299999'))).toBe(true);
}, 10_000);
