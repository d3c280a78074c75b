import { KeywordColumn } from '../../columns/keyword-column.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { type ScoredField, termStatistics } from '../../text/term-scorer.ts';
import { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { TermClause } from '../clauses/term-clause.ts';
import { WordClause } from '../clauses/word-clause.ts';

/**
 * The documents of one ordinal with their scores; a keyword has no frequency and no length, as in Lucene. `docFrequency` stands for
 * the term's own where terms are to count alike.
 */
export function scoredTerm(
  column: OrdinalColumn,
  field: ScoredField,
  ordinal: number,
  boost: number,
  docFrequency?: number,
): Clause {
  if (ordinal === 0 || column.docCount(ordinal) === 0) return NO_DOCS;
  const statistics = termStatistics(column, field, [docFrequency ?? column.docCount(ordinal)]);
  if (column instanceof TextColumn) return new WordClause(column, ordinal, statistics, boost);
  if (!(column instanceof KeywordColumn)) return NO_DOCS;
  return new TermClause(column, ordinal, statistics, boost);
}
