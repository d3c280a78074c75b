import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Clause } from '../clauses/clause.ts';
import { SetClause } from '../clauses/constant-clauses.ts';
import type { QueryContext } from './query-context.ts';

/** The documents of these ids. */
export function compileIds({ index }: QueryContext, ids: readonly string[], boost: number): Clause {
  const docs: number[] = [];
  for (const id of ids) {
    const doc = index.data.documents.find(id);
    if (doc !== undefined) docs.push(doc);
  }
  return new SetClause(SortedDocs.fromUnsorted(Uint32Array.from(docs)), boost);
}
