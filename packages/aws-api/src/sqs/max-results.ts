import { failure } from '../wire/failure.ts';
import type { Input } from '../wire/input.ts';

const MAX_RESULTS = 1000;

/** How long a list may be: 1 to 1,000. */
export function readMaxResults(input: Input): number {
  const limit = input.wholeNumber('MaxResults') ?? MAX_RESULTS;
  if (limit >= 1 && limit <= MAX_RESULTS) return limit;
  throw failure(
    'InvalidParameterValue',
    `Value ${limit} for parameter MaxResults is invalid. Reason: must be between 1 and ${MAX_RESULTS}.`,
  );
}
