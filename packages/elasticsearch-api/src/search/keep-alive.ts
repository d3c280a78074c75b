import { isDaybookError } from '@daybook/errors';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { illegalArgument } from '../errors/errors.ts';
import { timeText } from '../http/time-value.ts';
import { allShardsFailed, shardFailure, unknownShardFailure } from './execute-search.ts';
import type { SearchTarget } from './search-targets.ts';

/** Refuses to hold anything for longer than `search.max_keep_alive`. */
export function checkKeepAlive(
  keepAliveMs: number,
  { maxKeepAliveMs }: Pick<EffectiveSettings, 'maxKeepAliveMs'>,
): void {
  if (keepAliveMs <= maxKeepAliveMs) return;
  throw illegalArgument(
    `Keep alive for request (${timeText(keepAliveMs)}) is too large. It must be less than (${timeText(maxKeepAliveMs)}). ` +
      'This limit can be set by changing the [search.max_keep_alive] cluster level setting.',
  );
}

/** Checks how long a scroll is to be held on. compat: where nobody knows its shards, none of them says so. */
export function checkScrollKeepAlive(keepAliveMs: number, settings: Pick<EffectiveSettings, 'maxKeepAliveMs'>): void {
  try {
    checkKeepAlive(keepAliveMs, settings);
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw allShardsFailed(error, [unknownShardFailure(error)]);
  }
}

/** Runs what may refuse a scroll. compat: it is each of its shards that refuses it. */
export function asShardsSay<T>(targets: readonly SearchTarget[], nodeId: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    throw allShardsFailed(
      error,
      targets.map(({ index }) => shardFailure(index, error, nodeId)),
    );
  }
}
