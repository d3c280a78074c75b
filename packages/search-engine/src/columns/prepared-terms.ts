import type { Dictionary } from '../dictionary/dictionary.ts';

/** The terms of a document's field, found ahead of its write. They hold for a column that has this dictionary: one that is made anew gives other ordinals. */
export interface PreparedTerms {
  readonly dictionary: Dictionary;
  readonly ordinals: readonly number[];
}
