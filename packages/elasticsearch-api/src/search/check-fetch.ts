import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../errors/errors.ts';
import { settingOf } from '../indices/settings.ts';
import { allShardsFailed, searchError, shardFailure } from './execute-search.ts';
import type { SearchSpecification } from './search-specification.ts';
import type { SearchTarget } from './search-targets.ts';

const defaultMaxDocValueFields = 100;

/** Refuses what a search asks its hits to show where no hit could show it, or where it is too much. */
export function checkFetch(targets: readonly SearchTarget[], specification: SearchSpecification, nodeId: string): void {
  const failures = targets.flatMap((target) => {
    const error = fetchError(target, specification);
    return error === undefined ? [] : [{ error, failure: shardFailure(target.index, error, nodeId) }];
  });
  const [first] = failures;
  if (first === undefined) return;
  throw allShardsFailed(
    first.error,
    failures.map(({ failure }) => failure),
  );
}

function fetchError({ index }: SearchTarget, specification: SearchSpecification): DaybookError | undefined {
  const { docValueFields, withIds, source, isSourceRequested, slice, request, pointInTime } = specification;
  if (slice !== undefined) return searchError('`slice` cannot be used outside of a scroll context');
  if (!withIds && isSourceRequested && source.enabled) {
    return searchError('[stored_fields] cannot be disabled if [_source] is requested');
  }
  if (pointInTime === undefined && request.sort.some(({ field }) => field === '_shard_doc')) {
    return new DaybookError('invalid-argument', 'No mapping found for [_shard_doc] in order to sort on', {
      detail: { reason: 'query_shard_exception' },
    });
  }
  const limit = Number(settingOf(index, 'max_docvalue_fields_search') ?? defaultMaxDocValueFields);
  if (docValueFields.length <= limit) return undefined;
  return illegalArgument(
    `Trying to retrieve too many docvalue_fields. Must be less than or equal to: [${limit}] but was ` +
      `[${docValueFields.length}]. This limit can be set by changing the [index.max_docvalue_fields_search] index level setting.`,
  );
}
