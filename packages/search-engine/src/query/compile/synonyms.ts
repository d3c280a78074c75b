import { type ScoredField, termScorer, termStatistics } from '../../text/term-scorer.ts';
import type { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import { TermsClause } from '../clauses/terms-clause.ts';
import type { QueryContext } from './query-context.ts';
import { scoredTerm } from './term-scores.ts';

/** The documents that have any of the words, scored as Lucene's SynonymQuery does: as one word, as frequent as the most frequent of them. */
export function synonyms(
  context: QueryContext,
  column: TextColumn,
  field: ScoredField,
  words: readonly string[],
  boost: number,
): Clause {
  const ordinals = [...new Set(words.map((word) => column.dictionary.ordinal(word)))].filter(
    (ordinal) => ordinal !== 0 && column.docCount(ordinal) > 0,
  );
  const [first] = ordinals;
  if (first === undefined) return NO_DOCS;
  if (ordinals.length === 1) return scoredTerm(column, field, first, boost);
  const docFrequency = Math.max(...ordinals.map((ordinal) => column.docCount(ordinal)));
  const statistics = termStatistics(column, field, [docFrequency]);
  const scorer = termScorer(statistics, boost);
  const occurrences = (doc: number) => {
    let frequency = 0;
    let length = 0;
    for (const ordinal of ordinals) {
      const found = column.occurrences(doc, ordinal);
      frequency += found.frequency;
      ({ length } = found);
    }
    return { frequency, length };
  };
  const score = (doc: number): number => {
    const { frequency, length } = occurrences(doc);
    return scorer(frequency, length);
  };
  const candidates = new TermsClause(column, ordinals, context.index.data.documents.limit, 0);
  const composition = { kind: 'term', column, ordinals, isSynonyms: true, statistics, boost, occurrences } as const;
  return new PredicateClause(candidates, () => true, score, composition);
}
