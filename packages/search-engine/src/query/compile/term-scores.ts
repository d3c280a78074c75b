import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { bm25Scorer } from '../../text/bm25.ts';
import { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { TermClause } from '../clauses/term-clause.ts';

/** Where a term's document frequency does not count for itself: the frequency that stands for it. */
export type DocFrequency = number | undefined;

/** The documents of one ordinal with their BM25 scores. A keyword has no frequency and no length, as in Lucene. */
export function scoredTerm(column: OrdinalColumn, ordinal: number, boost: number, docFrequency?: DocFrequency): Clause {
  if (ordinal === 0 || column.docCount(ordinal) === 0) return NO_DOCS;
  const statistics = {
    docCount: column.docsWithValue,
    termCount: column.termCount,
    docFrequencies: [docFrequency ?? column.docCount(ordinal)],
  };
  const scorer = bm25Scorer(statistics, boost);
  if (!(column instanceof TextColumn)) {
    const score = scorer(1, 1);
    return new TermClause(column, ordinal, () => score);
  }
  return new TermClause(column, ordinal, (doc) => {
    const { frequency, length } = column.occurrences(doc, ordinal);
    return scorer(frequency, length);
  });
}
