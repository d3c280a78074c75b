import { DaybookError } from '@daybook/errors';

/** A query string that does not follow the grammar; `problem` says what and where. */
export function queryStringError(query: string, problem: string): DaybookError {
  return new DaybookError('invalid-argument', `Failed to parse query [${query}]`, {
    detail: {
      reason: 'query_shard_exception',
      causedBy: { type: 'parse_exception', reason: `Cannot parse '${query}': ${problem}` },
    },
  });
}
