import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Analyzer, Token } from '../../analysis/analyzer.ts';
import { type TokenPlace, tokensByPosition } from '../../analysis/by-position.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { Steps } from '../../steps/steps.ts';
import { TextColumn } from '../../text/text-column.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import type { MatchOptions, QueryValue } from '../query.ts';
import { boolOf } from './bool-of.ts';
import { checkClauseCount } from './clause-count.ts';
import { commonTerms, countedTerm } from './common-terms.ts';
import { compileCondition, ordinalColumn } from './condition.ts';
import { withFieldBoost } from './field-boost.ts';
import { fuzzyTerm } from './fuzzy.ts';
import { compilePattern } from './pattern.ts';
import { compilePlaces, type PhrasePlace } from './phrase.ts';
import { expandPrefixes } from './prefix-expansion.ts';
import { type QueryContext, type Searchable, searchableField } from './query-context.ts';
import { synonyms } from './synonyms.ts';
import { scoredTerm } from './term-scores.ts';

/** The queries that take a text apart with the field's analyzer. */
export type MatchKind = 'match' | 'matchPhrase' | 'matchPhrasePrefix' | 'matchBoolPrefix';

const DEFAULT_MAX_EXPANSIONS = 50;

/** Matches one field with the words of a text, or with a whole value where the field is not analysed. */
export function* compileMatch(
  context: QueryContext,
  kind: MatchKind,
  path: string,
  options: MatchOptions,
  boost: number,
): Steps<Clause> {
  const field = searchableField(context, path);
  if (field === undefined) return NO_DOCS;
  try {
    return field.form === 'text'
      ? yield* matchText(context, kind, field, options, boost)
      : yield* matchValue(context, kind, field, options, boost);
  } catch (error) {
    if (options.lenient && isDaybookError(error, 'invalid-argument')) return NO_DOCS;
    throw error;
  }
}

/** A field that is not analysed is matched as a whole, unless the query brings an analyzer. */
function* matchValue(
  context: QueryContext,
  kind: MatchKind,
  field: FieldType,
  options: MatchOptions,
  boost: number,
): Steps<Clause> {
  const text = String(options.query);
  const tokens = options.analyzer === undefined ? undefined : context.index.analyzer(options.analyzer).analyze(text);
  if (isPhrase(kind) && tokens !== undefined && tokens.length > 1) requirePositions(field);
  if (kind === 'matchPhrasePrefix') {
    const message = `Can only use phrase prefix queries on text fields - not on [${field.path}] which is of type [${field.type}]`;
    throw new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
  }
  // compat: of other fields the whole text, as `match` looks for it.
  if (kind === 'matchBoolPrefix' && field.type === 'keyword') {
    return yield* compilePattern(context, { type: 'prefix', field: field.path, value: text }, boost);
  }
  const isFuzzy = kind === 'match' && options.fuzziness !== undefined && field.form === 'string';
  const clauseOf = (value: QueryValue, term: string): Steps<Clause> =>
    isFuzzy
      ? fuzzyTerm(context, field, term, options, boost)
      : compileCondition(context, field, field.termCondition(value, context), withFieldBoost(field, boost));
  // compat: a field of ranges is asked for the text, whatever was given.
  const whole = field.range === undefined ? options.query : text;
  if (tokens === undefined) return yield* clauseOf(whole, field.normalizeTerm(text));
  if (tokens.length === 0) return matchNoTerms(context, options, boost);
  const places = checkedPlaces(tokens);
  const column = ordinalColumn(context, field);
  if (kind === 'match' && column !== undefined && field.type === 'keyword') {
    const common = matchCommonTerms(context, column, field, places, options, boost);
    if (common !== undefined) return common;
  }
  const clauses: Clause[] = [];
  for (const [{ term }, ...others] of places) {
    if (others.length === 0) clauses.push(yield* clauseOf(term, term));
    // compat: of a field without terms nothing has any of several words.
    else if (column === undefined) clauses.push(NO_DOCS);
    else clauses.push(synonyms(context, column, field, [term, ...others.map(termOf)], boost));
  }
  return boolOf(context, clauses, options.operator ?? 'or', options.minimumShouldMatch);
}

/**
 * The single words of a text, of which frequent ones are not required; undefined where the query has no cutoff, or asks for more than words. compat: so does one
 * of a field with a boost.
 */
function matchCommonTerms(
  context: QueryContext,
  column: OrdinalColumn,
  field: FieldType,
  places: readonly TokenPlace[],
  { cutoffFrequency, fuzziness, operator = 'or', minimumShouldMatch }: MatchOptions,
  boost: number,
): Clause | undefined {
  if (cutoffFrequency === undefined || fuzziness !== undefined || field.boost !== 1) return undefined;
  if (places.some((place) => place.length > 1)) return undefined;
  const terms = places.map(([{ term }]) => countedTerm(column, field, term, boost));
  const lowFrequency = { operator, ...(minimumShouldMatch !== undefined && { minimumShouldMatch }) };
  return commonTerms(context, terms, { cutoffFrequency, lowFrequency, highFrequency: { operator } });
}

function matchNoTerms({ index }: QueryContext, options: MatchOptions, boost: number): Clause {
  return options.zeroTermsQuery === 'all' ? new AllClause(index.data.documents.live(), boost) : NO_DOCS;
}

function* matchText(
  context: QueryContext,
  kind: MatchKind,
  field: FieldType,
  options: MatchOptions,
  boost: number,
): Steps<Clause> {
  const tokens = analyzerFor(context.index, kind, field, options).analyze(String(options.query));
  const last = tokens[tokens.length - 1];
  if (last === undefined) return matchNoTerms(context, options, boost);
  // compat: what stands behind a word that is passed over is of several positions all the same; one word is no phrase even then.
  const isOfPositions = last.position > 0;
  const isPrefix = kind === 'matchPhrasePrefix';
  const isOfPlaces = isPrefix || (kind === 'matchPhrase' && tokens.length > 1 && isOfPositions);
  if (isOfPlaces && isOfPositions) requirePositions(field);
  const column = ordinalColumn(context, field);
  if (!(column instanceof TextColumn)) return NO_DOCS;
  if (isOfPlaces) return yield* matchPhrase(context, column, field, tokensByPosition(tokens), isPrefix, options, boost);
  const places = checkedPlaces(tokens);
  const common = kind === 'match' ? matchCommonTerms(context, column, field, places, options, boost) : undefined;
  if (common !== undefined) return common;
  const clauses: Clause[] = [];
  for (const place of places) {
    const [{ term, endOffset }, ...others] = place;
    if (others.length > 0) clauses.push(synonyms(context, column, field, [term, ...others.map(termOf)], boost));
    else if (place === places.at(-1) && isPrefixAt(endOffset, kind, options)) {
      clauses.push(yield* compilePattern(context, { type: 'prefix', field: field.path, value: term }, boost));
    } else if (options.fuzziness !== undefined) clauses.push(yield* fuzzyTerm(context, field, term, options, boost));
    else clauses.push(scoredTerm(column, field, column.dictionary.ordinal(term), withFieldBoost(field, boost)));
  }
  const { operator = 'or', minimumShouldMatch: minimum } = options;
  if (minimum !== undefined && places.length === 1 && tokens.length > 1 && isOfPositions) {
    // compat: several words of one position are a query of clauses if it is not the first position.
    const optional = operator === 'and' ? 0 : 1;
    if (minimumShouldMatch(minimum, optional) > optional) return NO_DOCS;
  }
  return boolOf(context, clauses, operator, minimum);
}

/** The words of each position, which are clauses of one query. */
function checkedPlaces(tokens: readonly Token[]): readonly TokenPlace[] {
  const places = tokensByPosition(tokens);
  checkClauseCount(places.length);
  for (const place of places) checkClauseCount(place.length);
  return places;
}

function termOf({ term }: Token): string {
  return term;
}

/** compat: whether the last word of a query, which ends there in its text, is a prefix: it is a whole word when anything stands behind it. */
export function isPrefixAt(endOffset: number, kind: MatchKind, { query }: MatchOptions): boolean {
  return kind === 'matchBoolPrefix' && endOffset === String(query).length;
}

/** Refuses a phrase in a field of whose words no places are kept. */
function requirePositions({ path, indexOptions }: FieldType): void {
  if (indexOptions === 'positions' || indexOptions === 'offsets') return;
  throw new DaybookError(
    'invalid-argument',
    `field:[${path}] was indexed without position data; cannot run PhraseQuery`,
    { detail: { reason: 'illegal_state_exception' } },
  );
}

function isPhrase(kind: MatchKind): boolean {
  return kind === 'matchPhrase' || kind === 'matchPhrasePrefix';
}

function* matchPhrase(
  context: QueryContext,
  column: TextColumn,
  field: FieldType,
  words: readonly TokenPlace[],
  isPrefix: boolean,
  options: MatchOptions,
  boost: number,
): Steps<Clause> {
  const start = words[0]![0].position;
  const places: PhrasePlace[] = words.map((place) => ({
    terms: place.map(({ term }) => term),
    position: place[0].position - start,
  }));
  if (isPrefix) {
    const { terms: prefixes, position } = places.pop()!;
    const maxTerms = options.maxExpansions ?? DEFAULT_MAX_EXPANSIONS;
    places.push({ terms: yield* expandPrefixes(column, prefixes, maxTerms), position });
  }
  return compilePlaces(context, column, field, places, options.slop ?? 0, boost);
}

/** What takes the text of a query on the field apart. */
export function analyzerFor(index: Searchable, kind: MatchKind, field: FieldType, options: MatchOptions): Analyzer {
  if (options.analyzer !== undefined) return index.analyzer(options.analyzer);
  return (isPhrase(kind) ? field.searchQuoteAnalyzer : undefined) ?? field.searchAnalyzer ?? field.analyzer!;
}
