import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { countEach } from '../../text/count-each.ts';
import { discountsOverlaps } from '../../text/similarity.ts';
import { type ScoredField, termScorer, termStatistics } from '../../text/term-scorer.ts';
import { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import { synonymLabel } from '../clauses/term-labels.ts';
import { TermsClause } from '../clauses/terms-clause.ts';
import { WordClause } from '../clauses/word-clause.ts';
import type { QueryContext } from './query-context.ts';

/**
 * The documents that have any of the words, scored as Lucene's SynonymQuery does: as one word, as rare as the most frequent of them. A word that is there
 * twice counts twice.
 */
export function synonyms(
  context: QueryContext,
  column: OrdinalColumn,
  field: ScoredField,
  words: readonly string[],
  boost: number,
): Clause {
  const ordinals = words
    .map((word) => column.dictionary.ordinal(word))
    .filter((ordinal) => ordinal !== 0 && column.docCount(ordinal) > 0);
  const [first] = ordinals;
  if (first === undefined) return NO_DOCS;
  const docFrequency = Math.max(...ordinals.map((ordinal) => column.docCount(ordinal)));
  const statistics = termStatistics(column, field, [docFrequency]);
  if (ordinals.length === 1 && column instanceof TextColumn) {
    return new WordClause(column, first, statistics, boost, words);
  }
  const scorer = termScorer(statistics, boost);
  const discounts = discountsOverlaps(statistics.similarity);
  const counts = countEach(ordinals);
  const occurrences = (doc: number): { readonly frequency: number; readonly length: number } =>
    column instanceof TextColumn
      ? column.occurrencesOfAny(doc, counts, discounts)
      : { frequency: ordinals.filter((ordinal) => column.has(doc, ordinal)).length, length: 1 };
  const score = (doc: number): number => {
    const { frequency, length } = occurrences(doc);
    return scorer(frequency, length);
  };
  const candidates = new TermsClause(column, [...counts.keys()], context.index.data.documents.limit, 0);
  const label = (name: string): string => synonymLabel(name, words);
  const composition = { kind: 'term', column, label, isSynonyms: true, statistics, boost, occurrences } as const;
  return new PredicateClause(candidates, () => true, score, composition);
}
