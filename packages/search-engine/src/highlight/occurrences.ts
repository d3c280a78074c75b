import type { Token } from '../analysis/analyzer.ts';
import type { Matcher, PatternMatcher, PhraseMatcher, TermMatcher } from './matcher.ts';
import { phraseSpans } from './phrase-spans.ts';

/** A place in a text that a query looks for. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
  /** What was looked for: occurrences of the same are the same. */
  readonly term: string;
  /** How many there are of the same in the whole text. */
  readonly frequency: number;
}

/** Every place that a query looks for, in order of begin and end. Words of a phrase are places of their own where they stand together. */
export function occurrencesOf(tokens: readonly Token[], matchers: readonly Matcher[]): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const add = (term: string, matching: readonly Token[]): void => {
    for (const { startOffset: start, endOffset: end } of matching) {
      found.push({ start, end, term, frequency: matching.length });
    }
  };
  const terms = new Set(matchers.filter(isTerm).map(({ term }) => term));
  for (const term of terms) {
    add(
      term,
      tokens.filter((token) => token.term === term),
    );
  }
  const patterns = new Map(matchers.filter(isPattern).map((matcher) => [matcher.label, matcher]));
  for (const [label, { test }] of patterns) {
    add(
      // Behind every term of the same place.
      `\uffff${label}`,
      tokens.filter(({ term }) => test(term)),
    );
  }
  for (const [term, matching] of phraseTokens(tokens, matchers.filter(isPhrase))) add(term, matching);
  const order = (a: Occurrence, b: Occurrence): number => a.start - b.start || a.end - b.end;
  return found.sort((a, b) => order(a, b) || (a.term < b.term ? -1 : a.term > b.term ? 1 : 0));
}

/** The tokens in any of the phrases, by their terms. */
function phraseTokens(
  tokens: readonly Token[],
  phrases: readonly PhraseMatcher[],
): ReadonlyMap<string, readonly Token[]> {
  const byTerm = new Map<string, Set<Token>>();
  for (const phrase of phrases) {
    for (const token of phraseSpans(tokens, phrase).flat()) {
      const same = byTerm.get(token.term) ?? new Set();
      byTerm.set(token.term, same.add(token));
    }
  }
  return new Map([...byTerm].map(([term, same]) => [term, [...same]]));
}

function isTerm(matcher: Matcher): matcher is TermMatcher {
  return matcher.kind === 'term';
}

function isPattern(matcher: Matcher): matcher is PatternMatcher {
  return matcher.kind === 'pattern';
}

function isPhrase(matcher: Matcher): matcher is PhraseMatcher {
  return matcher.kind === 'phrase';
}
