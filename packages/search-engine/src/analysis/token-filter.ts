import type { Token } from './analyzer.ts';
import { foldToAscii } from './filters/ascii-folding.ts';
import { toLowerCase } from './filters/lower-case.ts';
import { porterStem } from './filters/porter-stemmer.ts';
import { createLetterLimit } from './gram-limit.ts';

/** One step between a tokenizer and the postings. */
export interface TokenFilter {
  /** `textLength` is that of the text which the tokens were cut from. */
  apply(tokens: readonly Token[], textLength: number): readonly Token[];
  /** Whether what becomes of a token depends on nothing but itself. */
  readonly seesOneToken: boolean;
  /** What it does to a part of a word: set only where the step works letter by letter. */
  readonly normalize?: (term: string) => string;
}

/** A filter that changes each term by itself. */
export function termFilter(change: (term: string) => string, letterByLetter = false): TokenFilter {
  return {
    apply: (tokens) =>
      tokens.map((token) => {
        const term = change(token.term);
        return term === token.term ? token : { ...token, term };
      }),
    seesOneToken: true,
    ...(letterByLetter ? { normalize: change } : {}),
  };
}

/** A filter that leaves tokens out; the others keep their positions. */
export function keepFilter(keep: (term: string) => boolean): TokenFilter {
  return { apply: (tokens) => tokens.filter((token) => keep(token.term)), seesOneToken: true };
}

export const lowerCaseFilter: TokenFilter = termFilter(toLowerCase, true);
export const upperCaseFilter: TokenFilter = termFilter((term) => term.toUpperCase(), true);
export const asciiFoldingFilter: TokenFilter = termFilter(foldToAscii, true);
export const trimFilter: TokenFilter = termFilter((term) => term.trim(), true);
export const reverseFilter: TokenFilter = termFilter((term) => [...term].reverse().join(''));
export const porterStemFilter: TokenFilter = termFilter(porterStem);

/** Takes `'s` off the end. */
export const possessiveEnglishFilter: TokenFilter = termFilter((term) => term.replace(/['\u2019\uff07][sS]$/, ''));

/** Folds to ASCII and keeps the term as it was beside it, at the same position. */
export const asciiFoldingKeepingOriginal: TokenFilter = {
  apply: (tokens) =>
    tokens.flatMap((token) => {
      const term = foldToAscii(token.term);
      return term === token.term ? [token] : [{ ...token, term }, token];
    }),
  seesOneToken: true,
  normalize: foldToAscii,
};

/** Leaves out a term that stands at the same position already, or with `onlySamePosition` false, anywhere before. */
export function uniqueFilter(onlySamePosition: boolean): TokenFilter {
  return {
    apply(tokens) {
      const seen = new Set<string>();
      return tokens.filter((token) => {
        const key = onlySamePosition ? `${token.position} ${token.term}` : token.term;
        if (seen.has(key)) return false;
        seen.add(key);
        return true;
      });
    },
    seesOneToken: false,
  };
}

/** Each term's parts of `min` to `max` letters, or with `edge` its beginnings, at the term's position; with `preserveOriginal` also a term that is shorter or longer. */
export function gramFilter(minGram: number, maxGram: number, edge: boolean, preserveOriginal: boolean): TokenFilter {
  return {
    apply: (tokens) => {
      const count = createLetterLimit();
      return tokens.flatMap((token) => {
        const letters = [...token.term];
        const grams: Token[] = [];
        const last = edge ? 1 : letters.length;
        for (let from = 0; from < last; from++) {
          for (let length = minGram; length <= maxGram && from + length <= letters.length; length++) {
            count(length);
            grams.push({ ...token, term: letters.slice(from, from + length).join('') });
          }
        }
        if (preserveOriginal && (letters.length < minGram || letters.length > maxGram)) grams.push(token);
        return grams;
      });
    },
    seesOneToken: false,
  };
}

/** All different terms in order, put together as one token of at most so many characters, and none of more. */
export function fingerprintFilter(separator: string, maxLength: number): TokenFilter {
  return {
    apply(tokens, textLength) {
      const term = [...new Set(tokens.map((token) => token.term))].sort().join(separator);
      if (tokens.length === 0 || term.length > maxLength) return [];
      return [{ term, position: 0, startOffset: 0, endOffset: textLength, type: 'fingerprint' }];
    },
    seesOneToken: false,
  };
}
