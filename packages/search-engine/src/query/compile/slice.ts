import { DaybookError } from '@daybook/errors';
import { docValueFields } from '../../fetch/doc-value-fields.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause } from '../clauses/constant-clauses.ts';
import { PredicateClause } from '../clauses/predicate-clause.ts';
import { murmur3 } from '../functions/murmur3.ts';
import type { Query } from '../query.ts';
import type { QueryContext } from './query-context.ts';

const SEED = 7919;

/** The documents that fall to one of several slices, by a hash of their id or of a field's first value. Every document is in one slice. */
export function compileSlice(context: QueryContext, { id, max, field }: Query & { type: 'slice' }): Clause {
  const [source] = docValueFields(context.index, { pattern: field });
  if (source === undefined) {
    throw new DaybookError('invalid-argument', `field ${field} not found`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
  const isInSlice = (doc: number): boolean => {
    const value = source.read(doc)[0];
    const hash = value === undefined ? 0 : murmur3(Buffer.from(String(value)), SEED);
    return (hash >>> 0) % max === id;
  };
  return new PredicateClause(new AllClause(context.index.data.documents.live(), 0), isInSlice, () => 0);
}
