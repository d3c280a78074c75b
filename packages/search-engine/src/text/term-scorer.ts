import type { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { bm25Scorer, type TermScorer, type TermStatistics } from './bm25.ts';
import { BM25 } from './similarity.ts';

/** What a field says of the scores of its terms. */
export type ScoredField = Pick<FieldType, 'norms' | 'similarity'>;

/** The statistics of a term, or of all terms of a phrase, with these document frequencies. */
export function termStatistics(
  column: OrdinalColumn,
  { norms = false, similarity = BM25 }: ScoredField,
  docFrequencies: readonly number[],
): TermStatistics {
  return { docCount: column.docsWithValue, termCount: column.termCount, docFrequencies, norms, similarity };
}

/** Scores as the similarity of the field has it. */
export function termScorer(statistics: TermStatistics, boost: number): TermScorer {
  const { similarity } = statistics;
  if (similarity.type === 'BM25') return bm25Scorer(statistics, similarity, boost);
  const score = Math.fround(boost);
  return () => score;
}
