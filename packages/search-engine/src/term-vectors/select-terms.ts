import { Top } from '../aggregation/buckets/select-top.ts';
import type { Steps } from '../steps/steps.ts';
import type { TermFilter, VectorTerm } from './term-vectors.ts';

type ScoredTerm = VectorTerm & { readonly score: number };

/**
 * Keeps the terms with the highest scores: their frequency in the document times their inverse document frequency, as Lucene's classic
 * similarity has it. `docFreq` tells how many documents have a term, `docCount` how many have any.
 */
export function* selectTerms(
  terms: readonly VectorTerm[],
  filter: TermFilter,
  docFreq: (term: string) => number,
  docCount: number,
): Steps<readonly VectorTerm[]> {
  // compat: of terms that score alike, those are kept that a heap of this kind keeps.
  const top = new Top<ScoredTerm>(filter.maxNumTerms, (a, b) => b.score - a.score);
  for (const entry of terms) {
    const [frequency, inIndex] = [entry.tokens.length, docFreq(entry.term)];
    if (!passes(filter, entry.term, frequency, inIndex)) continue;
    const score = Math.fround(frequency * (Math.log((docCount + 1) / (inIndex + 1)) + 1));
    top.offer({ ...entry, score });
  }
  const kept = new Map((yield* top.sorted()).map((entry) => [entry.term, entry]));
  return terms.flatMap(({ term }) => kept.get(term) ?? []);
}

function passes(filter: TermFilter, term: string, frequency: number, docFreq: number): boolean {
  const { minWordLength, maxWordLength } = filter;
  if (docFreq === 0 || docFreq < filter.minDocFreq || docFreq > filter.maxDocFreq) return false;
  if (frequency < filter.minTermFreq || frequency > filter.maxTermFreq) return false;
  return term.length >= minWordLength && (maxWordLength === 0 || term.length <= maxWordLength);
}
