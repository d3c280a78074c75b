import { expect, test } from 'vitest';
import type { Token } from '../analysis/analyzer.ts';
import { buildAnalyzer } from '../analysis/built-in-analyzers.ts';
import { TextColumn } from './text-column.ts';
import { WordScores } from './word-scores.ts';

/** Words between spaces; those between bars share a position. */
const analyzer = buildAnalyzer('shared', cut, []);

function cut(text: string): Token[] {
  return text
    .split(' ')
    .flatMap((words, position) =>
      words.split('|').map((term) => ({ term, position, startOffset: 0, endOffset: text.length, type: 'word' })),
    );
}

const TEXTS = ['a b|c a', 'b', 'a|a|b a|c', 'd', 'a|b '.repeat(126).trim(), 'a|b '.repeat(300).trim(), 'c a|d d a'];

function columnOf(otherTerms: number): TextColumn {
  const column = new TextColumn(() => TEXTS.length);
  for (let at = 0; at < otherTerms; at++) column.dictionary.add(`other ${at}`);
  for (const [doc, text] of TEXTS.entries()) column.set(doc, [text], { analyzer, onceEach: false });
  return column;
}

test.each([
  [true, 0],
  [false, 0],
  [true, 70_000],
  [false, 70_000],
])(
  'texts scored together have the lengths that each has by itself: discountsOverlaps %s, %d other terms',
  (discountsOverlaps, otherTerms) => {
    const column = columnOf(otherTerms);
    const lengths = TEXTS.map((text) => text.split(discountsOverlaps ? ' ' : /[ |]/).length);
    const scorer = (frequency: number, length: number): number => frequency * 1000 + length;
    const words = ['a', 'b'].map((word) => ({ ordinal: column.dictionary.ordinal(word), scorer, discountsOverlaps }));
    const sums = new Float64Array(TEXTS.length);
    new WordScores(column, words).add(0, Uint16Array.from(TEXTS.keys()), TEXTS.length, sums);
    const expected = TEXTS.map((text, doc) => {
      const frequencies = ['a', 'b'].map((word) => text.split(/[ |]/).filter((each) => each === word).length);
      return frequencies.reduce((sum, each) => sum + (each === 0 ? 0 : scorer(each, lengths[doc]!)), 0);
    });
    expect([...sums]).toEqual(expected);
  },
);
