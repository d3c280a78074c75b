import type { Analyzer, Token, TokenPart } from './analyzer.ts';
import { type CharFilter, filterText } from './char-filters/char-filter.ts';
import { ENGLISH_STOP_WORDS } from './filters/stop-words.ts';
import type { TokenFilter } from './token-filter.ts';
import {
  asciiFoldingFilter,
  fingerprintFilter,
  keepFilter,
  lowerCaseFilter,
  porterStemFilter,
  possessiveEnglishFilter,
} from './token-filter.ts';
import { matchTokens, splitTokens, wholeToken } from './tokenizers/run-tokenizer.ts';
import { standardTokens } from './tokenizers/standard-tokenizer.ts';

/** Cuts a text into tokens. */
export interface Tokenizer {
  (text: string): readonly Token[];
  /** Set where a space never stands in a token, and its surroundings make no difference to the others. */
  readonly cutsAtSpaces?: boolean;
}

/** Characters of a text that are analysed together, if it can be cut. */
const PART_CHARS = 32_768;

/** Lucene's `DEFAULT_MAX_TOKEN_LENGTH`. */
export const MAX_TOKEN_LENGTH = 255;
/** What Elasticsearch puts between two values of a text field. */
export const POSITION_INCREMENT_GAP = 100;

/** An analyzer of a tokenizer, the char filters before it and the filters after it. */
export function buildAnalyzer(
  name: string,
  tokenizer: Tokenizer,
  filters: readonly TokenFilter[],
  options: { readonly positionIncrementGap?: number; readonly charFilters?: readonly CharFilter[] } = {},
): Analyzer {
  const { positionIncrementGap = POSITION_INCREMENT_GAP, charFilters = [] } = options;
  const canBeCut =
    charFilters.length === 0 && tokenizer.cutsAtSpaces === true && filters.every(({ seesOneToken }) => seesOneToken);
  const normalizing = charFilters.filter(({ normalizes }) => normalizes);
  return {
    name,
    positionIncrementGap,
    analyze: (text) => filtered(cutFiltered(text, charFilters, tokenizer), filters, text.length),
    analyzeInParts(text) {
      const isWhole = text.length <= PART_CHARS || !canBeCut;
      return isWhole ? [{ tokens: this.analyze(text), position: 0 }] : analyzeParts(text, tokenizer, filters);
    },
    normalize(text) {
      let term = filterText(text, normalizing).text;
      for (const filter of filters) term = filter.normalize?.(term) ?? term;
      return term;
    },
  };
}

/** The tokens of what char filters leave of a text, with offsets of the text itself. */
function cutFiltered(text: string, charFilters: readonly CharFilter[], tokenizer: Tokenizer): readonly Token[] {
  if (charFilters.length === 0) return tokenizer(text);
  const { text: left, correct } = filterText(text, charFilters);
  return tokenizer(left).map((token) => ({
    ...token,
    startOffset: correct(token.startOffset),
    endOffset: correct(token.endOffset),
  }));
}

function filtered(tokens: readonly Token[], filters: readonly TokenFilter[], textLength: number): readonly Token[] {
  let left = tokens;
  for (const filter of filters) left = filter.apply(left, textLength);
  return left;
}

/** Pieces that end with a space, all but the last. */
function* analyzeParts(text: string, tokenizer: Tokenizer, filters: readonly TokenFilter[]): Generator<TokenPart> {
  let position = 0;
  for (const part of partsOf(text)) {
    const tokens = tokenizer(part);
    yield { tokens: filtered(tokens, filters, part.length), position };
    position += tokens.length;
  }
}

function* partsOf(text: string): Iterable<string> {
  for (let start = 0; start < text.length; ) {
    const space = text.indexOf(' ', start + PART_CHARS);
    const end = space < 0 ? text.length : space + 1;
    yield text.slice(start, end);
    start = end;
  }
}

/** A tokenizer of words between spaces. */
export function cuttingAtSpaces(tokenizer: (text: string) => readonly Token[]): Tokenizer {
  return Object.assign(tokenizer, { cutsAtSpaces: true });
}

/** Words by Unicode, of up to so many characters. */
export function standardTokenizer(maxLength: number): Tokenizer {
  return cuttingAtSpaces((text) => standardTokens(text, maxLength));
}

/** A run without white space. compat: to Java a space that does not break is none. */
const UNSPACED: RegExp = /(?:\S|[\u00a0\u2007\u202f\ufeff])+/gu;

/** What stands between white space, in pieces of up to so many characters. */
export function whitespaceTokenizer(maxLength: number): Tokenizer {
  return cuttingAtSpaces((text) => matchTokens(text, UNSPACED, maxLength));
}

export const letterTokenizer: Tokenizer = cuttingAtSpaces((text) => matchTokens(text, /\p{L}+/gu, MAX_TOKEN_LENGTH));
const STANDARD = standardTokenizer(MAX_TOKEN_LENGTH);

export function stopFilter(words: ReadonlySet<string>): TokenFilter {
  return keepFilter((term) => !words.has(term));
}

/** The analyzers that an index has without saying so. */
export const BUILT_IN_ANALYZERS: ReadonlyMap<string, Analyzer> = new Map(
  [
    buildAnalyzer('default', STANDARD, [lowerCaseFilter]),
    buildAnalyzer('standard', STANDARD, [lowerCaseFilter]),
    buildAnalyzer('simple', letterTokenizer, [lowerCaseFilter]),
    buildAnalyzer('whitespace', whitespaceTokenizer(MAX_TOKEN_LENGTH), []),
    buildAnalyzer('keyword', wholeToken, []),
    buildAnalyzer('stop', letterTokenizer, [lowerCaseFilter, stopFilter(ENGLISH_STOP_WORDS)]),
    buildAnalyzer('pattern', (text) => splitTokens(text, /\W+/g), [lowerCaseFilter]),
    buildAnalyzer('fingerprint', STANDARD, [lowerCaseFilter, asciiFoldingFilter, fingerprintFilter(' ', 255)]),
    buildAnalyzer('english', STANDARD, [
      possessiveEnglishFilter,
      lowerCaseFilter,
      stopFilter(ENGLISH_STOP_WORDS),
      porterStemFilter,
    ]),
  ].map((analyzer) => [analyzer.name, analyzer]),
);
