import type { Index } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';

interface Totals {
  readonly docCount: number;
  readonly deletedDocCount: number;
  readonly storeBytes: number;
  readonly memoryBytes: number;
}

/** The sums over indices. */
export function sumStats(indices: readonly Index[]): Totals {
  return indices
    .map((index) => index.stats())
    .reduce<Totals>(
      (sum, stats) => ({
        docCount: sum.docCount + stats.docCount,
        deletedDocCount: sum.deletedDocCount + stats.deletedDocCount,
        storeBytes: sum.storeBytes + stats.storeBytes,
        memoryBytes: sum.memoryBytes + stats.memoryBytes,
      }),
      { docCount: 0, deletedDocCount: 0, storeBytes: 0, memoryBytes: 0 },
    );
}

/** What is known of indices; counters that nothing here keeps are zero, since clients read them without asking. */
export function renderTotals(totals: Totals): { readonly [metric: string]: JsonTree } {
  return {
    docs: { count: totals.docCount, deleted: totals.deletedDocCount },
    store: { size_in_bytes: totals.storeBytes, reserved_in_bytes: 0 },
    indexing: { index_total: 0, index_time_in_millis: 0, index_current: 0, index_failed: 0, delete_total: 0 },
    get: { total: 0, time_in_millis: 0, current: 0 },
    search: { open_contexts: 0, query_total: 0, query_time_in_millis: 0, query_current: 0, fetch_total: 0 },
    merges: { current: 0, total: 0, total_time_in_millis: 0 },
    refresh: { total: 0, total_time_in_millis: 0 },
    flush: { total: 0, total_time_in_millis: 0 },
    warmer: { current: 0, total: 0, total_time_in_millis: 0 },
    query_cache: { memory_size_in_bytes: 0, hit_count: 0, miss_count: 0, evictions: 0 },
    fielddata: { memory_size_in_bytes: 0, evictions: 0 },
    completion: { size_in_bytes: 0 },
    segments: { count: 1, memory_in_bytes: totals.memoryBytes },
    translog: { operations: 0, size_in_bytes: totals.storeBytes, uncommitted_operations: 0 },
    recovery: { current_as_source: 0, current_as_target: 0, throttle_time_in_millis: 0 },
    request_cache: { memory_size_in_bytes: 0, evictions: 0, hit_count: 0, miss_count: 0 },
  };
}
