import type { Token } from '../analysis/analyzer.ts';
import { siftDown, siftUp } from '../sort/heap.ts';
import type { PhraseMatcher, PhrasePlace } from './matcher.ts';
import type { TokenIndex } from './token-index.ts';

/** One place where a phrase was found: the token that stands for each of its places. */
export type PhraseSpan = readonly Token[];

/** Where a phrase stands in a text, as Lucene's span queries find it: in order of its first positions. */
export function phraseSpans(text: TokenIndex, phrase: PhraseMatcher): readonly PhraseSpan[] {
  const candidates = phrase.places.map((place) => tokensOf(text, place));
  if (candidates.some((list) => list.length === 0)) return [];
  const slop = phrase.slop + phrase.gaps;
  return phrase.isInOrder ? spansInOrder(candidates, slop) : spansInAnyOrder(candidates, slop);
}

/** The tokens that may stand for a place, in the order of the text. */
export function tokensOf(text: TokenIndex, { terms, isPrefix }: PhrasePlace): readonly Token[] {
  if (isPrefix) return text.matching((other) => terms.some((term) => other.startsWith(term)));
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return text.withTerm(only);
  return [...new Set(terms)].flatMap((term) => text.withTerm(term)).sort((a, b) => a.position - b.position);
}

/** From each occurrence of the first word, the nearest occurrence of each next one behind it. */
function spansInOrder(candidates: readonly (readonly Token[])[], slop: number): readonly PhraseSpan[] {
  const spans: PhraseSpan[] = [];
  const cursors = candidates.map(() => 0);
  for (const first of candidates[0]!) {
    const span = [first];
    let previous = first;
    let width = 0;
    for (const [place, list] of candidates.entries()) {
      if (place === 0) continue;
      while (cursors[place]! < list.length && list[cursors[place]!]!.position <= previous.position) cursors[place]!++;
      const next = list[cursors[place]!];
      if (next === undefined) return spans;
      width += next.position - previous.position - 1;
      span.push(next);
      previous = next;
    }
    if (width <= slop) spans.push(span);
  }
  return spans;
}

/**
 * The hindmost word moves forward each time; what the words span beyond their own number is the distance. compat: which of several that stand at one
 * position moves is as Lucene's heap has it.
 */
function spansInAnyOrder(candidates: readonly (readonly Token[])[], slop: number): readonly PhraseSpan[] {
  const spans: PhraseSpan[] = [];
  const cursors = candidates.map(() => 0);
  const position = (place: number): number => candidates[place]![cursors[place]!]!.position;
  const order = (a: number, b: number): number => position(b) - position(a);
  const heap: number[] = [];
  let end = 0;
  for (const place of candidates.keys()) {
    heap.push(place);
    siftUp(heap, order);
    end = Math.max(end, position(place));
  }
  for (;;) {
    const hindmost = heap[0]!;
    if (end + 1 - position(hindmost) - candidates.length <= slop) {
      spans.push(candidates.map((list, place) => list[cursors[place]!]!));
    }
    cursors[hindmost]!++;
    if (cursors[hindmost]! >= candidates[hindmost]!.length) return spans;
    end = Math.max(end, position(hindmost));
    siftDown(heap, order);
  }
}
