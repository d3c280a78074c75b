import type { Index, IndexStats } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';
import { renderSearches } from '../search/search-statistics.ts';
import { renderActivity } from './index-activity.ts';

interface Totals {
  readonly docCount: number;
  readonly deletedDocCount: number;
  readonly storeBytes: number;
  readonly memoryBytes: number;
  readonly segmentCount: number;
  readonly uncommitted: IndexStats['uncommitted'];
}

const nothing: Totals = {
  docCount: 0,
  deletedDocCount: 0,
  storeBytes: 0,
  memoryBytes: 0,
  segmentCount: 0,
  uncommitted: { operations: 0, bytes: 0 },
};

function totalsOf(index: Index): Totals {
  const stats = index.stats();
  return { ...stats, segmentCount: stats.docCount + stats.deletedDocCount === 0 ? 0 : 1 };
}

/** The sums over indices. */
export function sumStats(indices: readonly Index[]): Totals {
  return indices.map(totalsOf).reduce(
    (sum, totals) => ({
      docCount: sum.docCount + totals.docCount,
      deletedDocCount: sum.deletedDocCount + totals.deletedDocCount,
      storeBytes: sum.storeBytes + totals.storeBytes,
      memoryBytes: sum.memoryBytes + totals.memoryBytes,
      segmentCount: sum.segmentCount + totals.segmentCount,
      uncommitted: {
        operations: sum.uncommitted.operations + totals.uncommitted.operations,
        bytes: sum.uncommitted.bytes + totals.uncommitted.bytes,
      },
    }),
    nothing,
  );
}

/** The `segments` part of statistics: what an index holds in memory is one, whatever it is of. */
export function segmentStats(totals: Totals): { readonly [name: string]: JsonTree } {
  return {
    count: totals.segmentCount,
    memory_in_bytes: totals.memoryBytes,
    terms_memory_in_bytes: 0,
    stored_fields_memory_in_bytes: 0,
    term_vectors_memory_in_bytes: 0,
    norms_memory_in_bytes: 0,
    points_memory_in_bytes: 0,
    doc_values_memory_in_bytes: 0,
    index_writer_memory_in_bytes: 0,
    version_map_memory_in_bytes: 0,
    fixed_bit_set_memory_in_bytes: 0,
    max_unsafe_auto_id_timestamp: -1,
    file_sizes: {},
  };
}

/**
 * What is known of indices together, with the groups of searches that patterns name. Counters that nothing here keeps are zero, since clients read
 * them without asking.
 */
export function renderStats(
  indices: readonly Index[],
  groups: readonly string[] | undefined,
): { readonly [metric: string]: JsonTree } {
  const totals = sumStats(indices);
  return {
    docs: { count: totals.docCount, deleted: totals.deletedDocCount },
    store: { size_in_bytes: totals.storeBytes, reserved_in_bytes: 0 },
    segments: segmentStats(totals),
    translog: {
      operations: totals.uncommitted.operations,
      size_in_bytes: totals.uncommitted.bytes,
      uncommitted_operations: totals.uncommitted.operations,
      uncommitted_size_in_bytes: totals.uncommitted.bytes,
      earliest_last_modified_age: 0,
    },
    search: renderSearches(indices, groups),
    ...renderActivity(indices),
    ...idleCounters,
  };
}

function zeros(prefix: string, names: string): { readonly [name: string]: number } {
  return Object.fromEntries(names.split(' ').map((name) => [`${prefix}${name}`, 0]));
}

/** Counters of the product that stand still here. */
const idleCounters: { readonly [metric: string]: JsonTree } = {
  merges: {
    ...zeros('current', ' _docs _size_in_bytes'),
    ...zeros('total', ' _time_in_millis _docs _size_in_bytes _stopped_time_in_millis _throttled_time_in_millis'),
    total_auto_throttle_in_bytes: 0,
  },
  warmer: zeros('', 'current total total_time_in_millis'),
  query_cache: zeros('', 'memory_size_in_bytes total_count hit_count miss_count cache_size cache_count evictions'),
  fielddata: zeros('', 'memory_size_in_bytes evictions'),
  completion: zeros('', 'size_in_bytes'),
  request_cache: zeros('', 'memory_size_in_bytes evictions hit_count miss_count'),
  recovery: zeros('', 'current_as_source current_as_target throttle_time_in_millis'),
};
