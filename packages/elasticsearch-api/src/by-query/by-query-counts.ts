import { timeText } from '../http/time-value.ts';
import { floatJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import type { Throttle } from './throttle.ts';

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
  /** How long it waited between batches, in milliseconds. */
  throttledMs: number;
  failures: JsonTree[];
  /** The highest HTTP status of a failure; 200 where there is none. */
  status: number;
  /** The slice that this is of. */
  readonly sliceId: number | undefined;
  /** How many slices share the rate of the run. */
  readonly sliceCount: number;
  /** Of a run that was cut: what was done in each slice, which is all that was done. */
  readonly slices?: ByQueryCounts[];
}

/** What can be done to a document. */
export type Counted = 'updated' | 'created' | 'deleted';

/** Nothing done yet. */
export function noCounts(sliceId: number | undefined, sliceCount = 1): ByQueryCounts {
  return {
    total: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    noops: 0,
    batches: 0,
    versionConflicts: 0,
    throttledMs: 0,
    failures: [],
    status: 200,
    sliceId,
    sliceCount,
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
    sum.throttledMs += slice.throttledMs;
    sum.status = Math.max(sum.status, slice.status);
  }
  return sum;
}

/** How answers show them. */
export interface ShownCounts {
  readonly counted: readonly Counted[];
  readonly throttle: Throttle;
  /** Whether times stand there as a person reads them too. */
  readonly isHuman: boolean;
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

/** The counts as the wire has them, at any time; of slices, it is the last that may wait. */
export function renderCounts(
  counts: ByQueryCounts,
  shown: ShownCounts,
  untilMs: number = shown.throttle.untilMs,
): { readonly [name: string]: JsonTree } {
  const sum = summed(counts);
  const { counted, throttle, isHuman } = shown;
  return {
    slice_id: sum.sliceId,
    total: sum.total,
    ...Object.fromEntries(counted.map((name) => [name, sum[name]])),
    batches: sum.batches,
    version_conflicts: sum.versionConflicts,
    noops: sum.noops,
    retries: { bulk: 0, search: 0 },
    throttled: isHuman ? timeText(sum.throttledMs) : undefined,
    throttled_millis: Math.floor(sum.throttledMs),
    requests_per_second: floatJson(shownRate(throttle.requestsPerSecond / sum.sliceCount)),
    canceled: throttle.canceled,
    throttled_until: isHuman ? timeText(untilMs) : undefined,
    throttled_until_millis: Math.floor(untilMs),
    slices: sum.slices?.map((slice, at, all) => renderCounts(slice, shown, at === all.length - 1 ? untilMs : 0)),
  };
}

function shownRate(requestsPerSecond: number): number {
  return requestsPerSecond === Number.POSITIVE_INFINITY ? -1 : requestsPerSecond;
}
