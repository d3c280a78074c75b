import type { Token } from '../../analysis/analyzer.ts';
import { tokensByPosition } from '../../analysis/by-position.ts';
import type { PhraseMap } from './phrase-map.ts';

/** A part of a text, in UTF-16 code units of all values together. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A phrase where it stands: neighbouring words are one stretch. */
export interface FoundPhrase {
  readonly stretches: readonly Stretch[];
  readonly boost: number;
  readonly number: number;
}

/** The longest phrases of a text, at most `limit`; of those that overlap the first. */
export function findPhrases(tokens: readonly Token[], wanted: PhraseMap, limit: number): readonly FoundPhrase[] {
  const found: FoundPhrase[] = [];
  const places = tokensByPosition(tokens.toSorted(byPlace));
  for (let at = 0; at < places.length && found.length < limit; ) {
    const phrase = longestPhrase(places, at, wanted);
    if (phrase.found !== undefined && !found.some((other) => overlap(other, phrase.found!))) found.push(phrase.found);
    at = phrase.next;
  }
  return found;
}

/** What begins at a place, and the place at which to go on. */
function longestPhrase(
  places: readonly (readonly Token[])[],
  start: number,
  wanted: PhraseMap,
): { readonly found?: FoundPhrase; readonly next: number } {
  let map = wanted;
  const words: Token[] = [];
  for (let at = start; at < places.length; at++) {
    const word = places[at]!.find(({ term }) => map.after(term) !== undefined);
    if (word === undefined) break;
    words.push(word);
    map = map.after(word.term)!;
  }
  while (words.length > 0) {
    const phrase = wanted.phraseOf(words);
    const next = start + words.length;
    if (phrase !== undefined) {
      return { found: { stretches: stretchesOf(words), boost: phrase.boost, number: phrase.number }, next };
    }
    words.pop();
  }
  return { next: start + 1 };
}

/** By position, and those of one position in the order of their terms. */
function byPlace(a: Token, b: Token): number {
  return a.position - b.position || (a.term < b.term ? -1 : 1);
}

function stretchesOf(words: readonly Token[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let position = Number.NaN;
  for (const word of words) {
    const last = stretches.at(-1);
    if (last !== undefined && word.position === position + 1) {
      stretches[stretches.length - 1] = { start: last.start, end: word.endOffset };
    } else stretches.push({ start: word.startOffset, end: word.endOffset });
    position = word.position;
  }
  return stretches;
}

/** From the begin of a phrase to its end. */
export function extentOf({ stretches }: FoundPhrase): Stretch {
  return { start: stretches[0]!.start, end: stretches.at(-1)!.end };
}

function overlap(a: FoundPhrase, b: FoundPhrase): boolean {
  const first = extentOf(a);
  const second = extentOf(b);
  return first.start < second.end && second.start < first.end;
}

/** The phrases of several fields with the same text: those that touch become one. */
export function mergePhrases(lists: readonly (readonly FoundPhrase[])[]): readonly FoundPhrase[] {
  const byExtent = (a: FoundPhrase, b: FoundPhrase): number => {
    const [first, second] = [extentOf(a), extentOf(b)];
    return first.start - second.start || first.end - second.end || a.boost - b.boost;
  };
  const merged: FoundPhrase[] = [];
  let end = -1;
  for (const phrase of lists.flat().sort(byExtent)) {
    const extent = extentOf(phrase);
    const last = merged.at(-1);
    if (last === undefined || extent.start > end) {
      merged.push(phrase);
      end = extent.end;
      continue;
    }
    end = Math.max(end, extent.end);
    const stretches = mergeStretches([...last.stretches, ...phrase.stretches]);
    merged[merged.length - 1] = { stretches, boost: last.boost + phrase.boost, number: last.number };
  }
  return merged;
}

function mergeStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last === undefined || stretch.start > last.end) merged.push(stretch);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
  }
  return merged;
}
