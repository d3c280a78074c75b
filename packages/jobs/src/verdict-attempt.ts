import type { JobDocument } from './job-document.ts';

/** The run whose word ended the job; undefined while it is open, and where a dismissal or a presumed failure ended it. */
export function verdictAttempt(document: JobDocument): number | undefined {
  const verdict = document.merge?.verdict;
  return verdict?.class === 2 ? verdict.attempt : undefined;
}
