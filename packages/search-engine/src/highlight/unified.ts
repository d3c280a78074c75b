import type { FieldType } from '../mapping/field-type.ts';
import { analyzeValues } from './analyzed-text.ts';
import type { HighlightField } from './highlight.ts';
import { type MarkUp, markUpOf } from './mark-up.ts';
import type { Matcher } from './matcher.ts';
import { type Occurrence, occurrencesOf } from './occurrences.ts';
import { type Passage, scorePassage } from './passage.ts';
import { type PassageWindow, passageWindows } from './passage-windows.ts';
import { wordBreaks } from './text-breaks.ts';

/** One value of a field within all of them. */
interface ValueSlice {
  readonly offset: number;
  readonly text: string;
  window?: PassageWindow;
}

/** The best passages of all values together; values are read as one text, and no passage reaches from one into the next. */
export function unifiedHighlights(
  field: FieldType,
  values: readonly string[],
  matchers: readonly Matcher[],
  given: HighlightField,
): readonly string[] {
  // compat: a keyword is shown whole.
  const options = field.form === 'text' ? given : { ...given, numberOfFragments: 0 };
  const maxPassages = given.numberOfFragments === 0 ? Number.MAX_SAFE_INTEGER : given.numberOfFragments;
  const content = values.join('\0');
  if (content.length === 0) return [];
  const occurrences = occurrencesOf(analyzeValues(field, values), matchers.flatMap(singleWords(matchers)));
  const passages = bestPassages(slicesOf(values), content.length, occurrences, options, maxPassages);
  const shown = passages.length > 0 ? passages : passagesWithoutMatch(content, given.noMatchSize);
  if (given.isOrderedByScore) shown.sort((a, b) => b.score - a.score);
  const markUp = markUpOf(given);
  return shown.map((passage) => render(passage, content, markUp)).filter((fragment) => fragment !== '');
}

/**
 * compat: where phrases are in function scores only, each word of theirs is marked wherever it stands; beside a phrase elsewhere, no word of a
 * function score is marked.
 */
function singleWords(matchers: readonly Matcher[]): (matcher: Matcher) => readonly Matcher[] {
  const hasPhrase = matchers.some((matcher) => matcher.kind === 'phrase' && !matcher.isInFunctionScore);
  return (matcher) => {
    if (matcher.kind === 'pattern' || !matcher.isInFunctionScore) return [matcher];
    if (hasPhrase) return [];
    if (matcher.kind === 'term') return [matcher];
    const { field, boost, isInFunctionScore } = matcher;
    return matcher.places.flatMap(({ terms, isPrefix }) =>
      isPrefix ? [] : terms.map((term) => ({ kind: 'term', isInFunctionScore, field, term, boost }) as const),
    );
  };
}

function slicesOf(values: readonly string[]): ValueSlice[] {
  let offset = 0;
  return values.map((text) => {
    const slice = { offset, text };
    offset += text.length + 1;
    return slice;
  });
}

/** The passages of the highest scores, in the order of the text. */
function bestPassages(
  slices: readonly ValueSlice[],
  length: number,
  occurrences: readonly Occurrence[],
  options: HighlightField,
  maxPassages: number,
): Passage[] {
  const found: Passage[] = [];
  const finish = (passage: Passage | undefined): void => {
    if (passage === undefined) return;
    passage.score = scorePassage(passage, length);
    found.push(passage);
  };
  let current: Passage | undefined;
  let at = 0;
  for (const match of occurrences) {
    // compat: an empty value that is the last one is not marked.
    if (match.start >= length) break;
    if (current === undefined || match.start >= current.end) {
      finish(current);
      while (at + 1 < slices.length && slices[at + 1]!.offset <= match.start) at++;
      const slice = slices[at]!;
      slice.window ??= passageWindows(slice.text, options);
      const { start, end } = slice.window(match.start - slice.offset);
      current = { start: slice.offset + start, end: slice.offset + end, matches: [], score: 0 };
    }
    current.matches.push(match);
  }
  finish(current);
  // compat: of passages that score alike the later ones are kept.
  const best = found.sort((a, b) => b.score - a.score || b.start - a.start).slice(0, maxPassages);
  return best.sort((a, b) => a.start - b.start);
}

/** The begin of the first value that is not empty, up to the end of the word in which it would be cut. */
function passagesWithoutMatch(content: string, noMatchSize: number): Passage[] {
  if (noMatchSize === 0) return [];
  let start = 0;
  while (content[start] === '\0') start++;
  if (start === content.length) return [];
  const separator = content.indexOf('\0', start);
  let end = separator < 0 ? content.length : separator;
  if (noMatchSize + start < end) {
    const next = wordBreaks(content.slice(start, end)).following(noMatchSize);
    if (next >= 0) end = start + next;
  }
  return [{ start, end, matches: [], score: Number.NaN }];
}

function render({ start, end, matches }: Passage, content: string, markUp: MarkUp): string {
  const parts: string[] = [];
  let at = start;
  for (let i = 0; i < matches.length; i++) {
    const { start: matchStart } = matches[i]!;
    let matchEnd = matches[i]!.end;
    // compat: matches that overlap are marked as one, which ends where the last of them does.
    while (i + 1 < matches.length && matches[i + 1]!.start < matchEnd) matchEnd = matches[++i]!.end;
    // A term may reach beyond the end of its sentence.
    matchEnd = Math.min(matchEnd, end);
    parts.push(markUp.plain(content.slice(at, matchStart)), markUp.marked(content.slice(matchStart, matchEnd)));
    at = matchEnd;
  }
  parts.push(markUp.plain(content.slice(at, end)));
  return javaTrim(parts.join(''));
}

/** Java's `trim`: every character up to the space counts as white. */
function javaTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (start < end && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}
