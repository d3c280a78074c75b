import type { Token } from '../analysis/analyzer.ts';
import type { Matcher, PatternMatcher, PhraseMatcher, TermMatcher } from './matcher.ts';
import { phraseSpans } from './phrase-spans.ts';
import { TokenIndex } from './token-index.ts';

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
  const text = new TokenIndex(tokens);
  for (const term of new Set(matchers.filter(isTerm).map((matcher) => matcher.term))) add(term, text.withTerm(term));
  const patterns = new Map(matchers.filter(isPattern).map((matcher) => [matcher.label, matcher]));
  // A pattern comes behind every term of the same place.
  for (const [label, { test }] of patterns) add(`\uffff${label}`, text.matching(test));
  for (const [term, matching] of phraseTokens(text, matchers.filter(isPhrase))) add(term, matching);
  const order = (a: Occurrence, b: Occurrence): number => a.start - b.start || a.end - b.end;
  return found.sort((a, b) => order(a, b) || (a.term < b.term ? -1 : a.term > b.term ? 1 : 0));
}

/** The tokens in any of the phrases, by their terms. */
function phraseTokens(text: TokenIndex, phrases: readonly PhraseMatcher[]): ReadonlyMap<string, readonly Token[]> {
  const byTerm = new Map<string, Set<Token>>();
  for (const phrase of phrases) {
    for (const token of phraseSpans(text, phrase).flat()) {
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
