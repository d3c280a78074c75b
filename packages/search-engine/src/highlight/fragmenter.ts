import type { Token } from '../analysis/analyzer.ts';
import type { HighlightField } from './highlight.ts';
import type { WeightedTerm } from './weighted-terms.ts';

/** Decides where a text is cut; asked about every token that does not overlap the one before. */
export interface Fragmenter {
  /** `increment`: how many positions the token is behind the one before it. */
  isNewFragment(token: Token, increment: number): boolean;
}

/** Fragments of about the size that was asked for; a `span` fragmenter does not cut within a phrase. */
export function createFragmenter(
  text: string,
  terms: ReadonlyMap<string, WeightedTerm>,
  { numberOfFragments, fragmentSize, fragmenter }: HighlightField,
): Fragmenter {
  if (numberOfFragments === 0) return { isNewFragment: () => false };
  let count = 1;
  let position = -1;
  let waitFor = -1;
  return {
    isNewFragment({ term, endOffset }, increment) {
      if (fragmenter === 'span') {
        // compat: tokens that it is not asked about are not counted.
        position += increment;
        if (waitFor <= position) waitFor = -1;
        else if (waitFor !== -1) return false;
        const end = terms.get(term)?.spans?.endFrom(position);
        if (end !== undefined) waitFor = end + 1;
      }
      const isLongEnough = fragmenter === 'simple' || text.length - endOffset >= fragmentSize >>> 1;
      const isNew = endOffset >= fragmentSize * count && isLongEnough;
      if (isNew) count++;
      return isNew;
    },
  };
}
