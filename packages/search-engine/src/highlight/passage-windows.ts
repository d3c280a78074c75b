import type { HighlightField } from './highlight.ts';
import { sentenceBreaks, type TextBreaks, wordBreaks } from './text-breaks.ts';

/** Where the passage around a match begins and ends. Asked about ascending offsets of matches that no earlier passage holds. */
export type PassageWindow = (matchStart: number) => { readonly start: number; readonly end: number };

/** The windows of one value. Sentences are put together up to the size of a fragment, and cut between words where one is longer. */
export function passageWindows(
  text: string,
  { numberOfFragments, boundaryScanner, fragmentSize }: HighlightField,
): PassageWindow {
  if (numberOfFragments === 0) return () => ({ start: 0, end: text.length });
  if (boundaryScanner === 'word') return windowsBetween(wordBreaks(text), text.length);
  if (fragmentSize <= 0) return windowsBetween(sentenceBreaks(text), text.length);
  return boundedSentences(text, fragmentSize);
}

function windowsBetween(breaks: TextBreaks, length: number): PassageWindow {
  return (matchStart) => {
    const end = breaks.following(matchStart);
    return { start: Math.max(0, breaks.preceding(matchStart + 1)), end: end < 0 ? length : end };
  };
}

function boundedSentences(text: string, maxLength: number): PassageWindow {
  const sentences = sentenceBreaks(text);
  let words: TextBreaks | undefined;
  let windowStart = -1;
  let windowEnd = -1;
  let start = -1;
  let end = 0;
  return (matchStart) => {
    const offset = matchStart + 1;
    if (offset > windowStart && offset < windowEnd) {
      start = end;
      end = windowEnd;
    } else {
      start = Math.max(0, sentences.preceding(offset));
      const target = offset + Math.max(0, maxLength - (offset - start));
      end = target + 1 > text.length ? text.length : sentences.preceding(target + 1);
      if (start === end) end = sentences.following(target);
      windowStart = start;
      windowEnd = end;
    }
    if (end - start > maxLength) {
      words ??= wordBreaks(text);
      if (offset - maxLength > start) start = Math.max(start, words.preceding(offset - maxLength));
      const remaining = Math.max(0, maxLength - (offset - start));
      if (offset + remaining < windowEnd) end = Math.min(windowEnd, words.following(offset + remaining));
    }
    return { start, end };
  };
}
