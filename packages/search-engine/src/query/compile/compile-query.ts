import { DaybookError, isDaybookError } from '@daybook/errors';
import type { SearchLimits } from '../../search/search-limits.ts';
import type { Steps } from '../../steps/steps.ts';
import { BoostingClause } from '../clauses/boosting-clause.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause, ConstantScoreClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { DisMaxClause } from '../clauses/dis-max-clause.ts';
import type { Query } from '../query.ts';
import { compileBool } from './bool.ts';
import { checkAnalyzers } from './check-analyzers.ts';
import { checkClauseCount, MAX_QUERIES, withinCompileTime } from './clause-count.ts';
import { compileCommonTerms } from './common-terms.ts';
import { compileCondition, ordinalColumn } from './condition.ts';
import { compileExists } from './exists.ts';
import { checkExpensive } from './expensive-queries.ts';
import { findsNothing } from './finds-nothing.ts';
import { compileFunctionScore } from './function-score.ts';
import { compileFuzzy } from './fuzzy.ts';
import { compileIds } from './ids.ts';
import { compileMatch } from './match.ts';
import { compileMetaField } from './meta-field.ts';
import { compileMultiMatch } from './multi-match.ts';
import { inNameOrder } from './named-order.ts';
import { compilePattern } from './pattern.ts';
import { compileAll, type QueryContext, type Searchable, searchableField } from './query-context.ts';
import { compileQueryString } from './query-string.ts';
import { compileShards } from './shards.ts';
import { compileSlice } from './slice.ts';
import { synonyms } from './synonyms.ts';
import { compileTerm, compileTerms } from './term.ts';

/** Queries that are resolved in one step: most take some microseconds. */
const STEP_QUERIES = 64;

/** A resolved query and the named ones in it. */
export interface CompiledQuery {
  readonly clause: Clause;
  readonly named: readonly QueryContext['named'][number][];
  readonly origins: QueryContext['origins'];
}

/** What one query is resolved in. */
class QueryCompiler implements QueryContext {
  readonly index: Searchable;
  readonly nowMs: number;
  readonly allowExpensiveQueries: boolean;
  readonly named: QueryContext['named'] = [];
  readonly origins: QueryContext['origins'] = new Map();
  #count = 0;

  constructor(index: Searchable, nowMs: number, allowExpensiveQueries: boolean) {
    this.index = index;
    this.nowMs = nowMs;
    this.allowExpensiveQueries = allowExpensiveQueries;
  }

  *compile(query: Query, boost: number): Steps<Clause> {
    checkClauseCount(++this.#count, MAX_QUERIES);
    if (this.#count % STEP_QUERIES === 0) yield;
    const clause = yield* compileOne(this, query, boost * (query.boost ?? 1));
    if (!this.origins.has(clause)) this.origins.set(clause, query);
    if (query.name !== undefined) this.named.push({ name: query.name, clause });
    return clause;
  }
}

/** Resolves a query against an index: fields by its mapping, values by the fields' types. Wrong values are `invalid-argument`. */
export function* compileQuery(
  index: Searchable,
  query: Query,
  nowMs: number,
  { allowExpensiveQueries = true }: SearchLimits = {},
): Steps<CompiledQuery> {
  const context = new QueryCompiler(index, nowMs, allowExpensiveQueries);
  try {
    const clause = yield* withinCompileTime(context.compile(query, 1));
    return { clause, named: inNameOrder(context.named), origins: context.origins };
  } catch (error) {
    throw asQueryError(error, index.name);
  }
}

const PLAIN_REASONS: ReadonlySet<unknown> = new Set(['query_shard_exception', 'parsing_exception']);

/** compat: what is wrong with a query's value is told as the cause of an error of the query as a whole. */
function asQueryError(error: unknown, index: string): unknown {
  if (!isDaybookError(error, 'invalid-argument') || PLAIN_REASONS.has(error.detail.reason)) return error;
  const { reason: type, causedBy } = error.detail;
  const detail = {
    reason: 'query_shard_exception',
    index,
    causedBy: { type, reason: error.message, ...(causedBy !== undefined && { causedBy }) },
  };
  return new DaybookError('invalid-argument', `failed to create query: ${error.message}`, { detail, cause: error });
}

function* compileOne(context: QueryContext, query: Query, boost: number): Steps<Clause> {
  const { documents } = context.index.data;
  checkAnalyzers(context.index, query);
  const meta = 'field' in query ? yield* compileMetaField(context, query, boost) : undefined;
  if (meta !== undefined) return meta;
  switch (query.type) {
    case 'matchAll':
      return new AllClause(documents.live(), boost);
    case 'matchNone':
      return NO_DOCS;
    case 'term':
      return yield* compileTerm(context, query, boost);
    case 'terms':
      return yield* compileTerms(context, query, boost);
    case 'synonyms': {
      const field = searchableField(context, query.field);
      const column = field === undefined ? undefined : ordinalColumn(context, field);
      return column === undefined ? NO_DOCS : synonyms(context, column, field!, query.words, boost);
    }
    case 'range': {
      if (findsNothing(context, query)) return NO_DOCS;
      const field = searchableField(context, query.field);
      if (field === undefined) return NO_DOCS;
      if (field.type === 'text' || field.type === 'keyword') {
        checkExpensive(context, '[range] queries on [text] or [keyword] fields');
      }
      return yield* compileCondition(context, field, field.rangeCondition(query, context), boost);
    }
    case 'exists':
      return yield* compileExists(context, query.field, boost);
    case 'prefix':
    case 'wildcard':
    case 'regexp':
      return yield* compilePattern(context, query, boost);
    case 'fuzzy':
      return yield* compileFuzzy(context, query, boost);
    case 'ids':
      return yield* compileIds(context, query.values, boost);
    case 'match':
    case 'matchPhrase':
    case 'matchPhrasePrefix':
    case 'matchBoolPrefix':
      return yield* compileMatch(context, query.type, query.field, query, boost);
    case 'multiMatch':
      return yield* compileMultiMatch(context, query, boost);
    case 'commonTerms':
      return yield* compileCommonTerms(context, query, boost);
    case 'queryString':
    case 'simpleQueryString':
      return yield* compileQueryString(context, query, boost);
    case 'bool':
      return yield* compileBool(context, query, boost);
    case 'constantScore':
      return new ConstantScoreClause(yield* context.compile(query.filter, 1), boost);
    case 'disMax': {
      const clauses = yield* compileAll(context, query.queries, boost);
      return clauses.length === 0 ? NO_DOCS : new DisMaxClause(clauses, query.tieBreaker ?? 0, documents.limit);
    }
    case 'slice':
      return compileSlice(context, query);
    case 'shards':
      return compileShards(context, query);
    case 'functionScore':
      return yield* compileFunctionScore(context, query, boost);
    case 'boosting': {
      if (findsNothing(context, query)) return NO_DOCS;
      const positive = yield* context.compile(query.positive, 1);
      return new BoostingClause(positive, yield* context.compile(query.negative, 1), query.negativeBoost, boost);
    }
  }
}
