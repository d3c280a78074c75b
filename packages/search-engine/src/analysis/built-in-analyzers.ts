import type { Analyzer, Token } from './analyzer.ts';
import { ENGLISH_STOP_WORDS } from './filters/stop-words.ts';
import type { TokenFilter } from './token-filter.ts';
import { keepFilter, lowerCaseFilter, porterStemFilter, possessiveEnglishFilter } from './token-filter.ts';
import { matchTokens, splitTokens, wholeToken } from './tokenizers/run-tokenizer.ts';
import { standardTokens } from './tokenizers/standard-tokenizer.ts';

export type Tokenizer = (text: string) => readonly Token[];

/** Lucene's `DEFAULT_MAX_TOKEN_LENGTH`. */
export const MAX_TOKEN_LENGTH = 255;
/** What Elasticsearch puts between two values of a text field. */
export const POSITION_INCREMENT_GAP = 100;

/** An analyzer of a tokenizer and the filters after it. */
export function buildAnalyzer(
  name: string,
  tokenizer: Tokenizer,
  filters: readonly TokenFilter[],
  options: { readonly positionIncrementGap?: number; readonly mapText?: (text: string) => string } = {},
): Analyzer {
  const { positionIncrementGap = POSITION_INCREMENT_GAP, mapText } = options;
  return {
    name,
    positionIncrementGap,
    analyze(text) {
      let tokens = tokenizer(mapText === undefined ? text : mapText(text));
      for (const filter of filters) tokens = filter.apply(tokens);
      return tokens;
    },
    normalize(text) {
      let term = mapText === undefined ? text : mapText(text);
      for (const filter of filters) term = filter.normalize?.(term) ?? term;
      return term;
    },
  };
}

const standardTokenizer: Tokenizer = (text) => standardTokens(text, MAX_TOKEN_LENGTH);
export const letterTokenizer: Tokenizer = (text) => matchTokens(text, /\p{L}+/gu, MAX_TOKEN_LENGTH);
/** A run without white space. compat: to Java a space that does not break is none. */
export const UNSPACED: RegExp = /(?:\S|[\u00a0\u2007\u202f\ufeff])+/gu;
const whitespaceTokenizer: Tokenizer = (text) => matchTokens(text, UNSPACED, MAX_TOKEN_LENGTH);

export function stopFilter(words: ReadonlySet<string>): TokenFilter {
  return keepFilter((term) => !words.has(term));
}

/** The analyzers that an index has without saying so. */
export const BUILT_IN_ANALYZERS: ReadonlyMap<string, Analyzer> = new Map(
  [
    buildAnalyzer('default', standardTokenizer, [lowerCaseFilter]),
    buildAnalyzer('standard', standardTokenizer, [lowerCaseFilter]),
    buildAnalyzer('simple', letterTokenizer, [lowerCaseFilter]),
    buildAnalyzer('whitespace', whitespaceTokenizer, []),
    buildAnalyzer('keyword', wholeToken, []),
    buildAnalyzer('stop', letterTokenizer, [lowerCaseFilter, stopFilter(ENGLISH_STOP_WORDS)]),
    buildAnalyzer('pattern', (text) => splitTokens(text, /\W+/g), [lowerCaseFilter]),
    buildAnalyzer('english', standardTokenizer, [
      possessiveEnglishFilter,
      lowerCaseFilter,
      stopFilter(ENGLISH_STOP_WORDS),
      porterStemFilter,
    ]),
  ].map((analyzer) => [analyzer.name, analyzer]),
);
