import { DaybookError } from '@daybook/errors';
import type { Clause } from '../clauses/clause.ts';
import type { QueryStringQuery } from '../query.ts';
import type { QueryContext } from './query-context.ts';

/** The query that the text stands for, in the language of the text. */
export function compileQueryString(_context: QueryContext, query: QueryStringQuery, _boost: number): Clause {
  throw new DaybookError('unsupported', `query of type [${query.type}] is not supported`);
}
