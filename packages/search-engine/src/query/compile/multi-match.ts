import type { Steps } from '../../steps/steps.ts';
import { eachInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { DisMaxClause } from '../clauses/dis-max-clause.ts';
import type { MultiMatchType, Query } from '../query.ts';
import { boolOf } from './bool-of.ts';
import { checkClauseCount } from './clause-count.ts';
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

/** Every word has to be in any of the fields, as if they were one; fields with another analyzer are another such group. */
function* crossFields(
  context: QueryContext,
  fields: readonly WeightedField[],
  query: MultiMatch,
  boost: number,
): Steps<Clause> {
  const { minimumShouldMatch, ...perWord } = query;
  const groups = new Map<string, WeightedField[]>();
  for (const field of fields) {
    const type = context.index.mapping.field(field.path);
    const analyzer = type?.form === 'text' ? (type.searchAnalyzer ?? type.analyzer)?.name : undefined;
    const group = groups.get(analyzer ?? '') ?? [];
    groups.set(analyzer ?? '', group);
    group.push(field);
  }
  const perGroup = yield* eachInSteps(groups, function* ([analyzer, members]) {
    const type = context.index.mapping.field(members[0]!.path);
    const words =
      analyzer === ''
        ? [String(query.query)]
        : (type!.searchAnalyzer ?? type!.analyzer)!.analyze(String(query.query)).map(({ term }) => term);
    checkClauseCount(words.length);
    const clauses = yield* eachInSteps(words, function* (word) {
      const alternatives = yield* eachInSteps(members, ({ path, weight }) =>
        compileMatch(context, 'match', path, { ...perWord, query: word }, boost * weight),
      );
      return bestOf(context, alternatives, query.tieBreaker ?? 0);
    });
    return boolOf(context, clauses, query.operator ?? 'or', minimumShouldMatch);
  });
  return bestOf(context, perGroup, query.tieBreaker ?? 0);
}

function bestOf(context: QueryContext, clauses: readonly Clause[], tieBreaker: number): Clause {
  if (clauses.length === 0) return NO_DOCS;
  if (clauses.length === 1) return clauses[0]!;
  if (tieBreaker === 1) return boolOf(context, clauses, 'or', undefined);
  return new DisMaxClause(clauses, tieBreaker, context.index.data.documents.limit);
}
