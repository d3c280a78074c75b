import { tokensByPosition } from '../../analysis/by-position.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { Steps } from '../../steps/steps.ts';
import { eachInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { DisMaxClause } from '../clauses/dis-max-clause.ts';
import type { MultiMatchType, Query } from '../query.ts';
import { blendedTerms, type FieldTerm } from './blended-terms.ts';
import { boolOf } from './bool-of.ts';
import { checkClauseCount } from './clause-count.ts';
import { type CountedTerm, commonTerms } from './common-terms.ts';
import { ordinalColumn } from './condition.ts';
import { withFieldBoost } from './field-boost.ts';
import { expandFields, type WeightedField } from './field-patterns.ts';
import { compileMatch, type MatchKind } from './match.ts';
import type { QueryContext } from './query-context.ts';

type MultiMatch = Query & { type: 'multiMatch' };

/** How each kind of search matches one field. */
export const MATCH_KINDS: Readonly<Record<MultiMatchType, MatchKind>> = {
  best_fields: 'match',
  most_fields: 'match',
  cross_fields: 'match',
  phrase: 'matchPhrase',
  phrase_prefix: 'matchPhrasePrefix',
  bool_prefix: 'matchBoolPrefix',
};

/** Fields whose scores are added up rather than the best one taken. */
const SUMMING: ReadonlySet<MultiMatchType> = new Set(['most_fields', 'bool_prefix']);

/** Matches several fields, each as its own or, with `cross_fields`, together as one. */
export function* compileMultiMatch(context: QueryContext, query: MultiMatch, boost: number): Steps<Clause> {
  const fields = expandFields(context.index.mapping, query.fields.length === 0 ? ['*'] : query.fields);
  const isLenient = query.lenient ?? (query.fields.length === 0 || query.fields.includes('*'));
  const options = { ...query, lenient: isLenient };
  if (query.matchType === 'cross_fields') return yield* crossFields(context, fields, options, boost);
  const kind = MATCH_KINDS[query.matchType];
  const clauses = yield* eachInSteps(fields, ({ path, weight }) =>
    compileMatch(context, kind, path, options, boost * weight),
  );
  return bestOf(context, clauses, query.tieBreaker ?? (SUMMING.has(query.matchType) ? 1 : 0));
}

/** Every word, or one of those that share its position, has to be in any of the fields, as if they were one; fields with another analyzer are another such group. */
function* crossFields(
  context: QueryContext,
  fields: readonly WeightedField[],
  query: MultiMatch,
  boost: number,
): Steps<Clause> {
  const { minimumShouldMatch, analyzer: _, ...perWord } = query;
  const groups = new Map<string, { readonly analyzer: string | undefined; readonly members: WeightedField[] }>();
  for (const field of fields) {
    const { key, analyzer } = analysisOf(context.index.mapping.field(field.path), query.analyzer);
    const group = groups.get(key) ?? { analyzer, members: [] };
    groups.set(key, group);
    group.members.push(field);
  }
  const perGroup: Clause[] = [];
  for (const { analyzer, members } of groups.values()) {
    const [first, second] = members;
    if (second === undefined) {
      perGroup.push(yield* compileMatch(context, 'match', first!.path, query, boost * first!.weight));
      continue;
    }
    const places = placesOf(context, analyzer, String(query.query));
    checkClauseCount(places.length);
    const clauses = yield* eachInSteps(places, (words) => wordsInFields(context, members, words, perWord, boost));
    perGroup.push(boolOf(context, clauses, query.operator ?? 'or', minimumShouldMatch));
  }
  return bestOf(context, perGroup, query.tieBreaker ?? 0);
}

/** What makes words of a text for a field, and a key that fields have in common whose words are the same. */
function analysisOf(
  field: FieldType | undefined,
  asked: string | undefined,
): { readonly key: string; readonly analyzer: string | undefined } {
  const analyzer = asked ?? (field?.form === 'text' ? (field.searchAnalyzer ?? field.analyzer)?.name : undefined);
  if (analyzer !== undefined) return { key: `analyzer ${analyzer}`, analyzer };
  return { key: `normalizer ${field?.type === 'keyword' ? (field.toJson().normalizer ?? '') : ''}`, analyzer };
}

/** The words of each position. Without an analyzer a text is one word. */
function placesOf({ index }: QueryContext, analyzer: string | undefined, text: string): readonly (readonly string[])[] {
  if (analyzer === undefined) return [[text]];
  return tokensByPosition(index.analyzer(analyzer).analyze(text)).map((place) => place.map(({ term }) => term));
}

/** The words of one position in fields of one group. compat: only where they are terms do they count as about equally rare. */
function* wordsInFields(
  context: QueryContext,
  fields: readonly WeightedField[],
  words: readonly string[],
  query: Omit<MultiMatch, 'query'>,
  boost: number,
): Steps<Clause> {
  const terms: FieldTerm[] = [];
  const others: Clause[] = [];
  for (const { path, weight } of fields) {
    const field = context.index.mapping.field(path);
    const column = field === undefined ? undefined : ordinalColumn(context, field);
    for (const word of words) {
      if (field?.indexed === true && (field.form === 'text' || field.type === 'keyword')) {
        const term = field.form === 'text' ? word : field.normalizeTerm(word);
        const ordinal = column?.dictionary.ordinal(term) ?? 0;
        terms.push({ field, column, ordinal, boost: withFieldBoost(field, boost * weight) });
      } else others.push(yield* compileMatch(context, 'match', path, { ...query, query: word }, boost * weight));
    }
  }
  const tieBreaker = query.tieBreaker ?? 0;
  if (terms.length === 0) return bestOf(context, others, tieBreaker);
  const found = blendedTerms(terms, context.index.data.documents.size);
  const best =
    query.cutoffFrequency === undefined
      ? bestOf(
          context,
          found.map(({ clause }) => clause),
          tieBreaker,
        )
      : commonInFields(context, found, terms.length, query.cutoffFrequency);
  return bestOf(context, [...others, best], tieBreaker);
}

/** compat: one word in several fields, each of which counts as rare or frequent; fields without the word are rare ones. */
function commonInFields(
  context: QueryContext,
  found: readonly CountedTerm[],
  fieldCount: number,
  cutoffFrequency: number,
): Clause {
  const missing = Array.from({ length: fieldCount - found.length }, () => ({ clause: NO_DOCS, docFrequency: 0 }));
  const group = { operator: 'or' } as const;
  const options = { cutoffFrequency, lowFrequency: group, highFrequency: group };
  return commonTerms(context, [...found, ...missing], options);
}

function bestOf(context: QueryContext, clauses: readonly Clause[], tieBreaker: number): Clause {
  if (clauses.length === 0) return NO_DOCS;
  if (clauses.length === 1) return clauses[0]!;
  if (tieBreaker === 1) return boolOf(context, clauses, 'or', undefined);
  return new DisMaxClause(clauses, tieBreaker, context.index.data.documents.limit);
}
