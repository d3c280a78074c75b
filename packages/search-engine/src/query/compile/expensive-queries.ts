import { DaybookError } from '@daybook/errors';
import type { QueryContext } from './query-context.ts';

/** Refuses such queries where only cheap ones are allowed: `what` is what the message calls them. */
export function checkExpensive({ allowExpensiveQueries }: QueryContext, what: string, advice = ''): void {
  if (allowExpensiveQueries) return;
  throw new DaybookError(
    'invalid-argument',
    `${what} cannot be executed when 'search.allow_expensive_queries' is set to false.${advice}`,
    { detail: { reason: 'exception' } },
  );
}
