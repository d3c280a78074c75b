import type { Token } from '../analysis/analyzer.ts';
import type { Matcher, PhraseMatcher } from './matcher.ts';
import { phraseSpans, tokensOf } from './phrase-spans.ts';
import { PositionSpans } from './position-spans.ts';
import { TokenIndex } from './token-index.ts';

/** A term that a query looks for, and what it counts. */
export interface WeightedTerm {
  readonly weight: number;
  /** Where the term counts; undefined: anywhere. */
  readonly spans: PositionSpans | undefined;
}

/** The terms of a text that a query looks for. */
export function weightTerms(tokens: readonly Token[], matchers: readonly Matcher[]): ReadonlyMap<string, WeightedTerm> {
  const text = new TokenIndex(tokens);
  const terms = new Map<string, WeightedTerm>();
  for (const matcher of matchers) {
    if (matcher.kind === 'term') terms.set(matcher.term, { weight: matcher.boost, spans: undefined });
    else if (matcher.kind === 'pattern') {
      for (const term of text.matchingTerms(matcher.test)) terms.set(term, { weight: matcher.boost, spans: undefined });
    } else addPhrase(terms, text, matcher);
  }
  return terms;
}

/** A term that counts anywhere does so in a phrase as well. */
function addPhrase(terms: Map<string, WeightedTerm>, text: TokenIndex, phrase: PhraseMatcher): void {
  const spans = phraseSpans(text, phrase);
  if (spans.length === 0) return;
  const inPhrase = new Set(phrase.places.flatMap((place) => tokensOf(text, place).map(({ term }) => term)));
  for (const term of inPhrase) {
    const known = terms.get(term);
    const isAnywhere = known !== undefined && known.spans === undefined;
    const merged = isAnywhere ? undefined : (known?.spans ?? new PositionSpans());
    for (const span of merged === undefined ? [] : spans) merged?.add(span.map(({ position }) => position));
    terms.set(term, { weight: phrase.boost, spans: merged });
  }
}
