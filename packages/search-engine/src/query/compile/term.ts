import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import { rangeOfPrefix } from '../../dictionary/term-range.ts';
import { mappingError } from '../../mapping/mapping-errors.ts';
import type { Steps } from '../../steps/steps.ts';
import { eachInSteps, mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { ConstantScoreClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { TermsClause } from '../clauses/terms-clause.ts';
import type { Query } from '../query.ts';
import { boolOf } from './bool-of.ts';
import { checkClauseCount } from './clause-count.ts';
import { compileCondition, ordinalColumn } from './condition.ts';
import { withFieldBoost } from './field-boost.ts';
import { matchingTerms, startsWith } from './matching-ordinals.ts';
import { type QueryContext, searchableField } from './query-context.ts';

/** One value, scored by the field's similarity where it has terms. */
export function* compileTerm(context: QueryContext, query: Query & { type: 'term' }, outer: number): Steps<Clause> {
  const field = searchableField(context, query.field);
  if (field === undefined) return NO_DOCS;
  if (query.caseInsensitive && field.range !== undefined) {
    const message = `[${field.path}] field which is of type [${field.type}], does not support case insensitive term queries`;
    throw mappingError('query_shard_exception', message);
  }
  const boost = withFieldBoost(field, outer);
  const column = ordinalColumn(context, field);
  if (query.caseInsensitive && column !== undefined) {
    const wanted = (field.columnPrefix + String(query.value)).toLowerCase();
    const prefix = Buffer.from(field.columnPrefix);
    const isMatch = (term: BytesInBlock): boolean =>
      startsWith(term, prefix) && term.block.toString('utf8', term.start, term.end).toLowerCase() === wanted;
    return yield* matchingTerms(
      column,
      { part: prefix, range: rangeOfPrefix(prefix), isMatch },
      context.index.data.documents.limit,
      boost,
    );
  }
  const clause = yield* compileCondition(context, field, field.termCondition(query.value, context), boost);
  // compat: nothing has a frequency that is looked for in either case.
  return query.caseInsensitive && field.type === 'boolean' ? new ConstantScoreClause(clause, boost) : clause;
}

/** Any of the values; all documents score alike. */
export function* compileTerms(context: QueryContext, query: Query & { type: 'terms' }, boost: number): Steps<Clause> {
  const field = searchableField(context, query.field);
  if (field === undefined) return NO_DOCS;
  const conditions = yield* mapInSteps(query.values, (value) => field.termCondition(value, context));
  const column = ordinalColumn(context, field);
  if (column !== undefined && conditions.every((condition) => condition.type === 'term')) {
    const ordinals = new Set<number>();
    yield* visitInSteps(conditions, ({ value }) => ordinals.add(column.dictionary.ordinal(String(value))));
    ordinals.delete(0);
    return new TermsClause(column, [...ordinals], context.index.data.documents.limit, boost);
  }
  if (field.range !== undefined) checkClauseCount(conditions.length);
  const clauses = yield* eachInSteps(conditions, (condition) => compileCondition(context, field, condition, boost));
  return new ConstantScoreClause(boolOf(context, clauses, 'or', undefined), boost);
}
