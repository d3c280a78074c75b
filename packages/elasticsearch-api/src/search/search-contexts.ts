import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { allShardsFailed, unknownShardFailure } from './execute-search.ts';

/** What an expiring registry calls what it holds. */
const ID = /^[\w-]{32}$/;

/** Refuses what cannot be the id of a point in time. */
export function checkPointInTimeId(id: string): void {
  if (!ID.test(id)) throw illegalArgument(`invalid id: [${showValue(id)}]`);
}

/** Refuses what cannot be the id of a scroll. */
export function checkScrollId(id: string): void {
  if (!ID.test(id)) throw illegalArgument('Cannot parse scroll id');
}

/** A scroll or point in time that was closed or has expired. compat: it is told as by a shard that nobody knows. */
export function searchContextMissing(id: string): DaybookError {
  const missing = new DaybookError('not-found', `No search context found for id [${id}]`, {
    detail: { reason: 'search_context_missing_exception' },
  });
  return allShardsFailed(missing, [unknownShardFailure(missing)], { cause: missing });
}
