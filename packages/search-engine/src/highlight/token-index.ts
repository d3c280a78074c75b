import type { Token } from '../analysis/analyzer.ts';
import type { TermMatch } from './matcher.ts';

const NONE: readonly Token[] = [];

/** The tokens of a text by their terms, so that many terms and tests take one pass over it. */
export class TokenIndex {
  readonly tokens: readonly Token[];
  readonly #byTerm = new Map<string, Token[]>();

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
    for (const token of tokens) {
      const same = this.#byTerm.get(token.term);
      if (same === undefined) this.#byTerm.set(token.term, [token]);
      else same.push(token);
    }
  }

  /** In the order of the text. */
  withTerm(term: string): readonly Token[] {
    return this.#byTerm.get(term) ?? NONE;
  }

  /** The terms that pass; each is tested once. */
  matchingTerms(test: TermMatch): readonly string[] {
    return [...this.#byTerm.keys()].filter(test);
  }

  /** In the order of the text. */
  matching(test: TermMatch): readonly Token[] {
    const lists = this.matchingTerms(test).map((term) => this.withTerm(term));
    if (lists.length < 2) return lists[0] ?? NONE;
    return lists.flat().sort((a, b) => a.position - b.position || a.startOffset - b.startOffset);
  }
}
