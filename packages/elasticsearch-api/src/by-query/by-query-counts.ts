import { doubleJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';

/** Counts of what was done to the documents that a query found. */
export interface ByQueryCounts {
  /** Of the documents that something is to be done to, also where the run ends before them. */
  total: number;
  created: number;
  updated: number;
  deleted: number;
  noops: number;
  batches: number;
  versionConflicts: number;
  failures: JsonTree[];
  /** The highest HTTP status of a failure; 200 where there is none. */
  status: number;
  /** The slice that this is of. */
  readonly sliceId: number | undefined;
  /** Of a run that was cut: what was done in each slice, which is all that was done. */
  readonly slices?: ByQueryCounts[];
}

/** What can be done to a document. */
export type Counted = 'updated' | 'created' | 'deleted';

/** Nothing done yet. */
export function noCounts(sliceId: number | undefined): ByQueryCounts {
  return {
    total: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    noops: 0,
    batches: 0,
    versionConflicts: 0,
    failures: [],
    status: 200,
    sliceId,
  };
}

/** With what was done in slices. */
export function summed(counts: ByQueryCounts): ByQueryCounts {
  const { slices } = counts;
  if (slices === undefined) return counts;
  const sum = { ...noCounts(undefined), slices, failures: slices.flatMap(({ failures }) => failures) };
  for (const slice of slices) {
    sum.total += slice.total;
    sum.created += slice.created;
    sum.updated += slice.updated;
    sum.deleted += slice.deleted;
    sum.noops += slice.noops;
    sum.batches += slice.batches;
    sum.versionConflicts += slice.versionConflicts;
    sum.status = Math.max(sum.status, slice.status);
  }
  return sum;
}

/** How answers show them. */
export interface ShownCounts {
  readonly counted: readonly Counted[];
  /** What stands beside each. */
  readonly beside?: { readonly [name: string]: JsonTree };
}

/** What was done, as the answer has it. */
export function renderByQuery(
  counts: ByQueryCounts,
  startedMs: number,
  shown: ShownCounts,
): { readonly [name: string]: JsonTree } {
  return {
    took: Math.round(performance.now() - startedMs),
    timed_out: false,
    ...renderCounts(counts, shown),
    failures: summed(counts).failures,
  };
}

const ALL: ShownCounts = { counted: ['updated', 'created', 'deleted'] };

/** The counts as the wire has them, at any time. */
export function renderCounts(counts: ByQueryCounts, shown: ShownCounts = ALL): { readonly [name: string]: JsonTree } {
  const sum = summed(counts);
  return {
    slice_id: sum.sliceId,
    total: sum.total,
    ...Object.fromEntries(shown.counted.map((name) => [name, sum[name]])),
    batches: sum.batches,
    version_conflicts: sum.versionConflicts,
    noops: sum.noops,
    retries: { bulk: 0, search: 0 },
    throttled_millis: 0,
    requests_per_second: doubleJson(-1),
    throttled_until_millis: 0,
    ...shown.beside,
    slices: sum.slices?.map((slice) => renderCounts(slice, shown)),
  };
}
