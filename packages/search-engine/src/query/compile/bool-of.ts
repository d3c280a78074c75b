import { BoolClause } from '../clauses/bool-clause.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import { minimumShouldMatch } from '../minimum-should-match.ts';
import type { QueryContext } from './query-context.ts';

/**
 * The documents that have every clause, or with `or` as many as `minimum` says (default: one). A single clause is left as it is.
 * compat: of one word, `minimum_should_match` asks nothing; with `and` it asks for optional clauses, of which there are none.
 */
export function boolOf(
  { index }: QueryContext,
  clauses: readonly Clause[],
  operator: 'and' | 'or',
  minimum: string | undefined,
): Clause {
  if (clauses.length === 0) return NO_DOCS;
  if (clauses.length === 1) return clauses[0]!;
  if (operator === 'and' && minimum !== undefined && minimumShouldMatch(minimum, 0) > 0) return NO_DOCS;
  const minShould = minimum === undefined ? 1 : Math.max(1, minimumShouldMatch(minimum, clauses.length));
  const { documents } = index.data;
  const parts =
    operator === 'and'
      ? { must: clauses, filter: [], should: [], mustNot: [], minShould: 0 }
      : { must: [], filter: [], should: clauses, mustNot: [], minShould };
  return new BoolClause(parts, documents.live(), documents.limit);
}
