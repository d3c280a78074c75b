/** Whether a term of an analysed text is one that a query looks for. */
export type TermMatch = (term: string) => boolean;

/** What one part of a query looks for in the terms of one field. */
export type Matcher = TermMatcher | PatternMatcher | PhraseMatcher;

/** One term. */
export interface TermMatcher {
  readonly kind: 'term';
  /** Whether it is part of the query of a function score. */
  readonly isInFunctionScore: boolean;
  readonly field: string;
  readonly term: string;
  readonly boost: number;
}

/** All terms that pass a test; they count as one. */
export interface PatternMatcher {
  readonly kind: 'pattern';
  readonly field: string;
  /** Tells patterns apart. */
  readonly label: string;
  readonly test: TermMatch;
  readonly boost: number;
}

/** One place of a phrase: any of some terms, or any that begins with one of them. */
export interface PhrasePlace {
  readonly terms: readonly string[];
  readonly isPrefix: boolean;
}

/** Terms that have to stand together. */
export interface PhraseMatcher {
  readonly kind: 'phrase';
  readonly isInFunctionScore: boolean;
  readonly field: string;
  readonly places: readonly PhrasePlace[];
  /** How many positions may lie between them, in all, besides those that lie between them in the query. */
  readonly slop: number;
  readonly gaps: number;
  readonly isInOrder: boolean;
  readonly boost: number;
}
