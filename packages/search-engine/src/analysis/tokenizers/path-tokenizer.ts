import type { Token } from '../analyzer.ts';
import { createLetterLimit } from '../gram-limit.ts';
import { wordToken } from './run-tokenizer.ts';

/** How paths are cut. */
export interface PathOptions {
  /** One character. */
  readonly delimiter: string;
  /** What stands for it in the tokens. */
  readonly replacement: string;
  /** How many parts are left out: of the first ones, or, where the path is read from its end, of the last. */
  readonly skip: number;
}

/** Every path that leads to the text, from the shortest to the whole: of `/a/b` they are `/a` and `/a/b`, all at one position. */
export function pathTokens(text: string, options: PathOptions): Token[] {
  const starts = partStarts(text, options.delimiter, 0);
  const start = starts[options.skip];
  if (start === undefined) return [];
  const ends = [...starts.slice(options.skip + 1), text.length];
  return tokensOf(
    text,
    options,
    ends.map((end): Range => [start, end]),
  );
}

/** Every path that the text ends with, from the whole to the shortest: of `a.b` they are `a.b` and `b`, all at one position. */
export function reversePathTokens(text: string, options: PathOptions): Token[] {
  const bounds = [...partStarts(text, options.delimiter, 1), text.length];
  const end = bounds[bounds.length - 1 - options.skip];
  if (end === undefined) return [];
  const starts = bounds.slice(0, bounds.length - 1 - options.skip);
  return tokensOf(
    text,
    options,
    starts.map((start): Range => [start, end]),
  );
}

type Range = readonly [start: number, end: number];

/** Where the parts begin: the first with the text, the others with the delimiter, or so many characters behind it. */
function partStarts(text: string, delimiter: string, behind: number): number[] {
  if (text === '') return [];
  const starts = [0];
  for (let at = text.indexOf(delimiter, 1 - behind); at >= 0; at = text.indexOf(delimiter, at + 1)) {
    if (at + behind < text.length) starts.push(at + behind);
  }
  return starts;
}

function tokensOf(text: string, { delimiter, replacement }: PathOptions, ranges: readonly Range[]): Token[] {
  const count = createLetterLimit();
  const shown = text.replaceAll(delimiter, replacement);
  return ranges.map(([startOffset, endOffset]) => {
    count(endOffset - startOffset);
    return wordToken(shown.slice(startOffset, endOffset), 0, startOffset, endOffset);
  });
}
