import type { HighlightField } from '../highlight.ts';
import { sentenceBreaks, type TextBreaks, wordBreaks } from '../text-breaks.ts';

/** Moves the ends of a fragment to where the text may be cut; offsets are in UTF-16 code units. */
export interface BoundaryScanner {
  startOf(text: string, offset: number): number;
  endOf(text: string, offset: number): number;
}

/** The scanner that a highlight names; that of single signs where it names none. */
export function boundaryScannerOf({
  boundaryScanner,
  boundaryChars,
  boundaryMaxScan,
}: HighlightField): BoundaryScanner {
  if (boundaryScanner === 'sentence') return breakScanner(sentenceBreaks);
  if (boundaryScanner === 'word') return breakScanner(wordBreaks);
  return signScanner(new Set(boundaryChars), boundaryMaxScan);
}

/** At the nearest of some signs, if one is near. */
function signScanner(signs: ReadonlySet<string>, maxScan: number): BoundaryScanner {
  return {
    startOf(text, offset) {
      if (offset > text.length || offset < 1) return offset;
      const limit = Math.max(0, offset - maxScan);
      let at = offset;
      while (at > limit && !signs.has(text[at - 1]!)) at--;
      return at > limit || limit === 0 ? at : offset;
    },
    endOf(text, offset) {
      const limit = Math.min(text.length, offset + maxScan);
      for (let at = offset; at < limit; at++) if (signs.has(text[at]!)) return at;
      return offset;
    },
  };
}

/** compat: the text is broken anew from either side of the offset, so a sentence seems to begin and to end there. */
function breakScanner(breaksOf: (text: string) => TextBreaks): BoundaryScanner {
  return {
    startOf(text, offset) {
      if (offset > text.length || offset < 1) return offset;
      return breaksOf(text.slice(0, offset)).preceding(offset);
    },
    endOf(text, offset) {
      if (offset > text.length) return offset;
      return offset + breaksOf(text.slice(offset)).following(0);
    },
  };
}
