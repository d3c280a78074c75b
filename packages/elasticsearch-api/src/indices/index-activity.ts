import type { Index, IndexCounters } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';

type CounterName = { [K in keyof IndexCounters]: IndexCounters[K] extends number ? K : never }[keyof IndexCounters];

/** What was written to indices, read from them, refreshed and flushed since the server started, in all. */
export function renderActivity(indices: readonly Index[]): { readonly [metric: string]: JsonTree } {
  const sum = (name: CounterName): number =>
    Math.round(indices.reduce((total, { counters }) => total + counters[name], 0));
  const refreshes = sum('refreshes');
  return {
    indexing: {
      index_total: sum('indexed'),
      index_time_in_millis: sum('indexMs'),
      index_current: 0,
      index_failed: sum('indexFailures'),
      delete_total: sum('deleted'),
      delete_time_in_millis: sum('deleteMs'),
      delete_current: 0,
      noop_update_total: sum('noopUpdates'),
      is_throttled: false,
      throttle_time_in_millis: 0,
    },
    get: {
      total: sum('found') + sum('missing'),
      time_in_millis: sum('foundMs') + sum('missingMs'),
      exists_total: sum('found'),
      exists_time_in_millis: sum('foundMs'),
      missing_total: sum('missing'),
      missing_time_in_millis: sum('missingMs'),
      current: 0,
    },
    // Every write is visible at once: those are counted that were asked for.
    refresh: {
      total: refreshes,
      total_time_in_millis: 0,
      external_total: refreshes,
      external_total_time_in_millis: 0,
      listeners: 0,
    },
    flush: {
      total: sum('flushes'),
      periodic: sum('periodicFlushes'),
      total_time_in_millis: sum('flushMs'),
    },
  };
}
