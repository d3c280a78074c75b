import { Phrase } from '../../text/phrase.ts';
import { discountsOverlaps } from '../../text/similarity.ts';
import { type ScoredField, termScorer, termStatistics } from '../../text/term-scorer.ts';
import type { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import { phraseLabel } from '../clauses/term-labels.ts';
import { TermsClause } from '../clauses/terms-clause.ts';
import { boolOf } from './bool-of.ts';
import type { QueryContext } from './query-context.ts';
import { scoredTerm } from './term-scores.ts';

/** One place of a phrase: any of these terms, so many positions behind the phrase's first. */
export interface PhrasePlace {
  readonly terms: readonly string[];
  readonly position: number;
}

/** The documents in which the places follow each other, `slop` positions of play in all. A term that is there twice in one place counts twice. */
export function compilePlaces(
  context: QueryContext,
  column: TextColumn,
  field: ScoredField,
  places: readonly PhrasePlace[],
  slop: number,
  boost: number,
): Clause {
  const found = places.map((place) => ({
    ...place,
    ordinals: place.terms
      .map((term) => column.dictionary.ordinal(term))
      .filter((ordinal) => ordinal !== 0 && column.docCount(ordinal) > 0),
  }));
  if (found.length === 0 || found.some(({ ordinals }) => ordinals.length === 0)) return NO_DOCS;
  if (found.length === 1) {
    const terms = found[0]!.ordinals.map((ordinal) => scoredTerm(column, field, ordinal, boost));
    return boolOf(context, terms, 'or', undefined);
  }
  const { limit } = context.index.data.documents;
  const candidates = boolOf(
    context,
    found.map(({ ordinals }) => new TermsClause(column, [...new Set(ordinals)], limit, 0)),
    'and',
    undefined,
  );
  const docFrequencies = found.flatMap(({ ordinals }) => ordinals.map((ordinal) => column.docCount(ordinal)));
  const statistics = termStatistics(column, field, docFrequencies);
  const scorer = termScorer(statistics, boost);
  const phrase = new Phrase(found, slop);
  const frequency = (doc: number) => phrase.frequency(column.words(doc));
  const discounts = discountsOverlaps(statistics.similarity);
  const occurrences = (doc: number) => ({
    frequency: frequency(doc),
    length: column.occurrences(doc, 0, discounts).length,
  });
  const score = (doc: number): number => {
    const text = occurrences(doc);
    return scorer(text.frequency, text.length);
  };
  const label = (name: string): string => phraseLabel(name, places, slop);
  const composition = { kind: 'term', column, label, statistics, boost, occurrences } as const;
  return new PredicateClause(candidates, (doc) => frequency(doc) > 0, score, composition);
}
