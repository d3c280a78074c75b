import { shardOf } from '../../index/shard-layout.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import type { Query } from '../query.ts';
import type { QueryContext } from './query-context.ts';

/** The documents whose routing values, or else their ids, lead to one of the shards. */
export function compileShards({ index }: QueryContext, { layout, numbers }: Query & { type: 'shards' }): Clause {
  const { data } = index;
  const isInShards = (doc: number): boolean =>
    numbers.includes(shardOf(layout, data.documents.id(doc), data.routing(doc)));
  return new PredicateClause(new AllClause(data.documents.live(), 0), isInShards, () => 0);
}
