import type { HighlightField } from '../highlight.ts';
import { extentOf, type FoundPhrase, type Stretch } from './find-phrases.ts';

/** A part of all values together that is shown, before its ends are moved to where the text may be cut. */
export interface Fragment extends Stretch {
  readonly phrases: readonly FoundPhrase[];
  readonly boost: number;
}

/** Fragments around the phrases, in the order of the text; the whole text where no number of them is asked for. */
export function fragmentsOf(
  found: readonly FoundPhrase[],
  { numberOfFragments, fragmentSize, fragmentOffset }: HighlightField,
): readonly Fragment[] {
  if (found.length === 0) return [];
  if (numberOfFragments === 0) return [fragmentOf(0, Number.MAX_SAFE_INTEGER, found)];
  return centredFragments(found, fragmentSize, fragmentOffset);
}

function centredFragments(found: readonly FoundPhrase[], size: number, margin: number): readonly Fragment[] {
  const fragments: Fragment[] = [];
  let reached = 0;
  for (let at = 0; at < found.length; ) {
    const { start } = extentOf(found[at]!);
    let { end } = extentOf(found[at]!);
    if (start < reached) {
      at++;
      continue;
    }
    const limit = Math.max(end, Math.max(start - margin, reached) + size);
    const phrases: FoundPhrase[] = [];
    for (let next = found[at]; next !== undefined; next = found[at]) {
      const extent = extentOf(next);
      if (extent.end > limit) break;
      ({ end } = extent);
      if (next.stretches.length <= 1 || end - start <= size) phrases.push(next);
      at++;
    }
    if (phrases.length === 0) continue;
    const length = end - start;
    const from = Math.max(reached, start - Math.max(0, Math.trunc((size - length) / 2)));
    reached = from + Math.max(length, size);
    fragments.push(fragmentOf(from, reached, phrases));
  }
  return fragments;
}

function fragmentOf(start: number, end: number, phrases: readonly FoundPhrase[]): Fragment {
  return { start, end, phrases, boost: phrases.reduce((sum, { boost }) => sum + boost, 0) };
}

/** Fragments that reach over several values are cut into one for each value that has a match, in the order of the text. */
export function withinValues(fragments: readonly Fragment[], values: readonly string[]): readonly Fragment[] {
  return fragments.flatMap((fragment) => [...cutAtValues(fragment, values)]).sort((a, b) => a.start - b.start);
}

function* cutAtValues(fragment: Fragment, values: readonly string[]): Generator<Fragment> {
  let { phrases } = fragment;
  let valueEnd = 0;
  for (const { length } of values) {
    const valueStart = valueEnd;
    valueEnd += length + 1;
    if (length === 0) continue;
    if (fragment.start >= valueStart && fragment.end <= valueEnd) {
      yield { ...fragment, phrases };
      return;
    }
    if (phrases.length === 0) return;
    if (fragment.start >= valueEnd || phrases[0]!.stretches[0]!.start >= valueEnd) continue;
    const isWithin = ({ start, end }: Stretch): boolean => start >= valueStart && end <= valueEnd;
    const own = partsOf(phrases, isWithin);
    phrases = partsOf(phrases, (stretch) => !isWithin(stretch));
    const start = fragment.start < valueEnd ? Math.max(fragment.start, valueStart) : valueStart;
    const end = fragment.end > valueStart ? Math.min(fragment.end, valueEnd) : valueEnd;
    yield fragmentOf(start, end, own);
  }
}

function partsOf(phrases: readonly FoundPhrase[], isPart: (stretch: Stretch) => boolean): readonly FoundPhrase[] {
  return phrases
    .map((phrase) => ({ ...phrase, stretches: phrase.stretches.filter(isPart) }))
    .filter(({ stretches }) => stretches.length > 0);
}
