import type { Token } from '../analysis/analyzer.ts';
import type { Matcher } from './matcher.ts';
import { phraseSpans } from './phrase-spans.ts';

/** Positions from the first to the last word of a phrase. */
interface PositionSpan {
  readonly start: number;
  readonly end: number;
}

/** A term that a query looks for, and what it counts. */
export interface WeightedTerm {
  readonly weight: number;
  /** Where the term counts; undefined: anywhere. */
  readonly spans: readonly PositionSpan[] | undefined;
}

/** The terms of a text that a query looks for. */
export function weightTerms(tokens: readonly Token[], matchers: readonly Matcher[]): ReadonlyMap<string, WeightedTerm> {
  const terms = new Map<string, WeightedTerm>();
  const add = (term: string, weight: number, spans: readonly PositionSpan[] | undefined): void => {
    const known = terms.get(term);
    const isAnywhere = spans === undefined || (known !== undefined && known.spans === undefined);
    terms.set(term, { weight, spans: isAnywhere ? undefined : [...(known?.spans ?? []), ...spans] });
  };
  for (const matcher of matchers) {
    if (matcher.kind === 'term') add(matcher.term, matcher.boost, undefined);
    else if (matcher.kind === 'pattern') {
      for (const { term } of tokens) if (matcher.test(term)) add(term, matcher.boost, undefined);
    } else {
      const spans = phraseSpans(tokens, matcher).map((span) => {
        const positions = span.map(({ position }) => position);
        return { start: Math.min(...positions), end: Math.max(...positions) };
      });
      if (spans.length === 0) continue;
      const inPhrase = tokens.filter(({ term }) => matcher.places.some((isMatch) => isMatch(term)));
      for (const term of new Set(inPhrase.map((token) => token.term))) add(term, matcher.boost, spans);
    }
  }
  return terms;
}
