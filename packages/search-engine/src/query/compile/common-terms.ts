import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps } from '../../steps/visit-in-steps.ts';
import { BoolClause } from '../clauses/bool-clause.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import type { CommonTermsOptions, Query, TermGroupOptions } from '../query.ts';
import { checkClauseCount } from './clause-count.ts';
import { ordinalColumn } from './condition.ts';
import { type QueryContext, searchableField } from './query-context.ts';
import { scoredTerm } from './term-scores.ts';

/** The documents of one term, and how many they are. */
export interface CountedTerm {
  readonly clause: Clause;
  readonly docFrequency: number;
}

/** The words of a text by how frequent they are. compat: of another field than one of terms nothing has any. */
export function* compileCommonTerms(
  context: QueryContext,
  query: Query & { type: 'commonTerms' },
  boost: number,
): Steps<Clause> {
  const field = searchableField(context, query.field);
  const column = field === undefined ? undefined : ordinalColumn(context, field);
  if (field === undefined || column === undefined) return NO_DOCS;
  const analyzer = query.analyzer === undefined ? field.searchAnalyzer : context.index.analyzer(query.analyzer);
  const words = analyzer?.analyze(query.query).map(({ term }) => term) ?? [field.normalizeTerm(query.query)];
  const terms = yield* mapInSteps(words, (word) => countedTerm(column, field, word, boost));
  return commonTerms(context, terms, query);
}

/** A term of a field, and how many documents have it. */
export function countedTerm(column: OrdinalColumn, field: FieldType, term: string, boost: number): CountedTerm {
  const ordinal = column.dictionary.ordinal(term);
  const docFrequency = ordinal === 0 ? 0 : column.docCount(ordinal);
  return { clause: scoredTerm(column, field, ordinal, boost), docFrequency };
}

/**
 * The documents that have the rare ones of the terms, in the scores of which the frequent ones count too. Where all are frequent, they are what is looked for.
 * A single term is as it is.
 */
export function commonTerms(
  { index }: QueryContext,
  terms: readonly CountedTerm[],
  { cutoffFrequency, lowFrequency, highFrequency }: CommonTermsOptions,
): Clause {
  const [first] = terms;
  if (first === undefined) return NO_DOCS;
  if (terms.length === 1) return first.clause;
  const { documents } = index.data;
  const share = Math.ceil(Math.fround(cutoffFrequency * documents.size));
  const isFrequent = ({ docFrequency }: CountedTerm): boolean =>
    docFrequency > share || (cutoffFrequency >= 1 && docFrequency > cutoffFrequency);
  const bool = (must: readonly Clause[], should: readonly Clause[], minShould: number): Clause =>
    new BoolClause({ must, filter: [], should, mustNot: [], minShould }, documents.live(), documents.limit);
  const group = (members: readonly CountedTerm[], { operator, minimumShouldMatch: minimum }: TermGroupOptions) => {
    checkClauseCount(members.length);
    const clauses = members.map(({ clause }) => clause);
    const least = operator === 'and' || minimum === undefined ? 0 : minimumShouldMatch(minimum, clauses.length);
    // compat: of frequent terms alone all are required, if it is not said how many.
    const areRequired = operator === 'and' || (least === 0 && members.length === terms.length && isFrequent(first));
    return areRequired ? bool(clauses, [], 0) : bool([], clauses, Math.max(1, least));
  };
  const frequent = terms.filter(isFrequent);
  const rare = terms.filter((term) => !isFrequent(term));
  if (rare.length === 0) return group(frequent, highFrequency);
  if (frequent.length === 0) return group(rare, lowFrequency);
  return bool([group(rare, lowFrequency)], [group(frequent, highFrequency)], 0);
}
