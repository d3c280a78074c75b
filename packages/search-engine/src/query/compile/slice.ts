import { DaybookError } from '@daybook/errors';
import { encodedId } from '../../document/encoded-id.ts';
import { docValueFields } from '../../fetch/doc-value-fields.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import { murmur3 } from '../functions/murmur3.ts';
import type { Query } from '../query.ts';
import type { QueryContext } from './query-context.ts';

const SEED = 7919;

/**
 * The documents that fall to one of several slices: by the hash of their ids as Lucene has them, in which the real product slices an index of one shard; or by a hash of a field's
 * first value. Every document is in one slice.
 */
export function compileSlice(context: QueryContext, { id, max, field }: Query & { type: 'slice' }): Clause {
  const { documents } = context.index.data;
  const hashOf =
    field === '_id' ? (doc: number) => murmur3(encodedId(documents.id(doc)), SEED) : valueHash(context, field);
  const isInSlice = (doc: number): boolean => (((hashOf(doc) | 0) % max) + max) % max === id;
  return new PredicateClause(new AllClause(documents.live(), 0), isInSlice, () => 0);
}

function valueHash(context: QueryContext, field: string): (doc: number) => number {
  const [source] = docValueFields(context.index, { pattern: field });
  if (source === undefined) {
    throw new DaybookError('invalid-argument', `field ${field} not found`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  return (doc) => {
    const value = source.read(doc)[0];
    return value === undefined ? 0 : murmur3(Buffer.from(String(value)), SEED);
  };
}
