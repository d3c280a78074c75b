import { DaybookError } from '@daybook/errors';
import type { Steps } from '../../steps/steps.ts';

/** Lucene's `maxClauseCount`: clauses of one boolean query. */
const MAX_CLAUSES = 1024;
/** Queries of one request together, whatever their nesting. */
export const MAX_QUERIES = 65_536;

/** What looking up the terms of one request's queries may take: patterns read whole dictionaries. */
const LIMIT_MS = 10_000;

/** Refuses a request whose queries take longer to resolve than anybody waits: what they take themselves counts, not what runs between their steps. */
export function* withinCompileTime<T>(steps: Steps<T>): Steps<T> {
  for (let spentMs = 0; spentMs <= LIMIT_MS; ) {
    const startMs = performance.now();
    const step = steps.next();
    spentMs += performance.now() - startMs;
    if (step.done === true) return step.value;
    yield;
  }
  throw new DaybookError(
    'invalid-argument',
    `the queries of the request take longer to resolve than [${LIMIT_MS}] ms`,
    {
      detail: { reason: 'illegal_argument_exception' },
    },
  );
}

/** Refuses a boolean query, or a text of so many words, with more clauses than one may have. */
export function checkClauseCount(count: number, max: number = MAX_CLAUSES): void {
  if (count <= max) return;
  throw new DaybookError('invalid-argument', `maxClauseCount is set to ${max}`, {
    detail: { reason: 'too_many_clauses' },
  });
}
