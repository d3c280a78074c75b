import { compileQuery } from '../query/compile/compile-query.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import type { Query } from '../query/query.ts';

/** How many documents match. */
export function countMatches(index: Searchable, query: Query): number {
  return compileQuery(index, query, Date.now()).clause.docs().size;
}
