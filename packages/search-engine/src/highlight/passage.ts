import type { Occurrence } from './occurrences.ts';

/** A part of a text around matches; offsets are of the whole text. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly matches: Occurrence[];
  score: number;
}

const K1 = Math.fround(1.2);
const B = Math.fround(0.75);
const PIVOT = 87;

/** How well a passage tells what a text has of a query: Lucene's PassageScorer, BM25 with passages for documents, in 32-bit floats. */
export function scorePassage({ start, end, matches }: Passage, textLength: number): number {
  const f = Math.fround;
  const counts = new Map<string, { count: number; readonly frequency: number }>();
  for (const { term, frequency } of matches) {
    const entry = counts.get(term);
    if (entry === undefined) counts.set(term, { count: 1, frequency });
    else entry.count++;
  }
  const norm = f(K1 * f(f(1 - B) + f(B * f((end - start) / PIVOT))));
  let score = 0;
  for (const { count, frequency } of counts.values()) {
    const docCount = f(1 + f(textLength / PIVOT));
    const weight = f(f(K1 + 1) * f(Math.log(1 + (docCount + 0.5) / (frequency + 0.5))));
    score = f(score + f(f(count / f(count + norm)) * weight));
  }
  return f(score * f(1 + f(1 / f(Math.log(PIVOT + start)))));
}
