import type { Token } from '../analyzer.ts';
import { createLetterLimit } from '../gram-limit.ts';

/** Tokens are the matches of a global pattern, cut into pieces of `maxTokenLength`. */
export function matchTokens(text: string, pattern: RegExp, maxTokenLength: number): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const stop = match.index + match[0].length;
    for (let start = match.index; start < stop; start += maxTokenLength) {
      const end = Math.min(start + maxTokenLength, stop);
      tokens.push(wordToken(text.slice(start, end), tokens.length, start, end));
    }
  }
  return tokens;
}

/** Tokens are what stands between the matches of a global pattern; empty ones are left out. */
export function splitTokens(text: string, separator: RegExp): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  const push = (end: number): void => {
    if (end > start) tokens.push(wordToken(text.slice(start, end), tokens.length, start, end));
  };
  for (const match of text.matchAll(separator)) {
    push(match.index);
    start = match.index + match[0].length;
  }
  push(text.length);
  return tokens;
}

/** How grams are cut. */
export interface GramOptions {
  readonly minGram: number;
  readonly maxGram: number;
  readonly edge: boolean;
  /** A global pattern of the runs of characters that grams are made of, each by itself; undefined: the whole text is one. */
  readonly runs: RegExp | undefined;
}

/** Every piece of `minGram` to `maxGram` code points of each run, from each position or from the first only. */
export function gramTokens(text: string, options: GramOptions): Token[] {
  const tokens: Token[] = [];
  const count = createLetterLimit();
  if (options.runs === undefined) addGrams(tokens, text, 0, text.length, options, count);
  else {
    for (const { index, 0: run } of text.matchAll(options.runs)) {
      addGrams(tokens, text, index, index + run.length, options, count);
    }
  }
  return tokens;
}

function addGrams(
  tokens: Token[],
  text: string,
  runStart: number,
  runEnd: number,
  options: GramOptions,
  count: (letters: number) => void,
): void {
  const starts: number[] = [];
  for (let at = runStart; at < runEnd; at += text.codePointAt(at)! > 0xffff ? 2 : 1) starts.push(at);
  starts.push(runEnd);
  const last = options.edge ? Math.min(1, starts.length - 1) : starts.length - 1;
  for (let from = 0; from < last; from++) {
    for (let length = options.minGram; length <= options.maxGram && from + length < starts.length; length++) {
      const start = starts[from]!;
      const end = starts[from + length]!;
      count(length);
      tokens.push(wordToken(text.slice(start, end), tokens.length, start, end));
    }
  }
}

/** The text as one token; no token for an empty text. */
export function wholeToken(text: string): Token[] {
  return text === '' ? [] : [wordToken(text, 0, 0, text.length)];
}

/** A token of the type `word`. */
export function wordToken(term: string, position: number, startOffset: number, endOffset: number): Token {
  return { term, position, startOffset, endOffset, type: 'word' };
}
