import type { Steps } from '../../steps/steps.ts';
import { BoolClause } from '../clauses/bool-clause.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import type { Query } from '../query.ts';
import { checkClauseCount } from './clause-count.ts';
import { findsNothing } from './finds-nothing.ts';
import { compileAll, type QueryContext } from './query-context.ts';

/** An empty one finds everything. */
export function* compileBool(context: QueryContext, query: Query & { type: 'bool' }, boost: number): Steps<Clause> {
  checkClauseCount(query.must.length + query.filter.length + query.should.length + query.mustNot.length);
  if (query.isOfText !== true && findsNothing(context, query)) return NO_DOCS;
  const { documents } = context.index.data;
  const live = documents.live();
  const parts = {
    minShould: minShouldOf(query),
    must: yield* compileAll(context, query.must, boost),
    filter: yield* compileAll(context, query.filter, boost),
    should: yield* compileAll(context, query.should, boost),
    mustNot: yield* compileAll(context, query.mustNot, boost),
  };
  const { must, filter, should, mustNot } = parts;
  if (must.length + filter.length + should.length + mustNot.length === 0) return new AllClause(live, boost);
  return new BoolClause(parts, live, documents.limit);
}

function minShouldOf({ must, filter, should, minimumShouldMatch: specification }: Query & { type: 'bool' }): number {
  // compat: where nothing else is required, one optional clause is, whatever the specification says.
  const least = must.length === 0 && filter.length === 0 && should.length > 0 ? 1 : 0;
  // compat: of exclusions alone, nothing optional is required.
  if (must.length + filter.length + should.length === 0) return 0;
  return specification === undefined ? least : Math.max(least, minimumShouldMatch(specification, should.length));
}
