import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import { visitInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { SetClause } from '../clauses/constant-clauses.ts';
import type { QueryContext } from './query-context.ts';

/** The documents of these ids. */
export function* compileIds({ index }: QueryContext, ids: readonly string[], boost: number): Steps<Clause> {
  const docs: number[] = [];
  yield* visitInSteps(ids, (id) => {
    const doc = index.data.documents.find(id);
    if (doc !== undefined) docs.push(doc);
  });
  return new SetClause(SortedDocs.fromUnsorted(Uint32Array.from(docs)), boost);
}
