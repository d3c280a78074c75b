import { explained } from '../../explain/explanation.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause, FilteredFunction } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { FunctionScoreClause } from '../clauses/function-score-clause.ts';
import { compileFunction } from '../functions/compile-function.ts';
import type { DocFunction } from '../functions/doc-function.ts';
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
    const filter = isForAll ? undefined : yield* context.compile(each.filter, 1);
    functions.push({
      filter,
      filterQuery: each.filter,
      ...weighted(compileFunction(context, each.score), each.weight),
    });
  }
  const { scoreMode, boostMode, maxBoost = Number.POSITIVE_INFINITY, minScore } = query;
  // compat: the only function is not averaged by its own weight.
  const isAlone = functions.length === 1 && functions[0]?.filter === undefined;
  const options = { scoreMode: isAlone ? ('first' as const) : scoreMode, boostMode, maxBoost, minScore };
  return new FunctionScoreClause(yield* context.compile(query.query, boost), functions, options);
}

/** compat: a weight that is given is told, also where it is 1. */
function weighted(
  { score, explain }: DocFunction,
  weight: number | undefined,
): DocFunction & { readonly weight: number } {
  if (weight === undefined) return { weight: 1, score, explain };
  const factor = Math.fround(weight);
  return {
    weight: factor,
    score,
    explain(doc) {
      const own = explain(doc);
      return explained(Math.fround(own.value) * factor, 'product of:', [own, explained(factor, 'weight')]);
    },
  };
}
