import type { Steps } from '../../steps/steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import type { FilteredFunction } from '../clauses/function-groups.ts';
import { FunctionScoreClause } from '../clauses/function-score-clause.ts';
import { compileFunction } from '../functions/compile-function.ts';
import type { Query } from '../query.ts';
import { checkClauseCount } from './clause-count.ts';
import { findsNothing } from './finds-nothing.ts';
import type { QueryContext } from './query-context.ts';

/** The boost multiplies the score of the query within, not what the functions give. */
export function* compileFunctionScore(
  context: QueryContext,
  query: Query & { type: 'functionScore' },
  boost: number,
): Steps<Clause> {
  checkClauseCount(query.functions.length);
  if (findsNothing(context, query)) return NO_DOCS;
  const functions: FilteredFunction[] = [];
  for (const each of query.functions) {
    // compat: a filter that all documents pass is none, and is not among the named queries.
    const isForAll = each.filter === undefined || each.filter.type === 'matchAll';
    functions.push({
      filter: isForAll ? undefined : yield* context.compile(each.filter, 1),
      weight: Math.fround(each.weight ?? 1),
      score: compileFunction(context, each.score),
    });
  }
  const { scoreMode, boostMode, maxBoost = Number.POSITIVE_INFINITY, minScore } = query;
  // compat: the only function is not averaged by its own weight.
  const isAlone = functions.length === 1 && functions[0]?.filter === undefined;
  const options = { scoreMode: isAlone ? ('first' as const) : scoreMode, boostMode, maxBoost, minScore };
  return new FunctionScoreClause(yield* context.compile(query.query, boost), functions, options);
}
