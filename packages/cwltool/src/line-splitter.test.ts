import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function split(chunks: readonly Buffer[], maxBytes: number): { lines: string[]; dropped: number } {
  const lines: string[] = [];
  const splitter = new LineSplitter(maxBytes, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  return { lines, dropped: splitter.dropped };
}

test('lines are the same however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), fc.array(fc.nat(400)), (texts, cuts) => {
      const expected = texts.map((text) => text.replaceAll('\n', ' ')).filter((text) => text.trim() !== '');
      const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(''));
      const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
      const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(split(chunks, 1e6).lines).toEqual(expected);
    }),
  );
});

test('a line over the limit is dropped and the next one is not', () => {
  const chunks = ['short\n', 'much', ' too long', ' a line\nfine\n'].map((text) => Buffer.from(text));
  expect(split(chunks, 10)).toEqual({ lines: ['short', 'fine'], dropped: 1 });
});
