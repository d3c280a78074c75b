import { isDaybookError } from '@daybook/errors';
import { type Engine, type Hit, type Query, TimeSlice } from '@daybook/search-engine';
import { renderItemError } from '../errors/render-error.ts';
import type { JsonTree } from '../json/json.ts';
import { type ScanPosition, scanPage } from '../search/scan-documents.ts';
import { pinTargets, type SearchTarget } from '../search/search-targets.ts';

/** Counts of what was done to the documents that a query found. */
export interface ByQueryCounts {
  total: number;
  created: number;
  updated: number;
  deleted: number;
  noops: number;
  batches: number;
  versionConflicts: number;
  failures: JsonTree[];
}

/** What is done, to which documents. Conditions of writes are up to `apply`. */
export interface ByQueryRun {
  readonly targets: readonly SearchTarget[];
  readonly query: Query;
  readonly maxDocs: number | undefined;
  readonly batchSize: number;
  /** Whether a conflict is counted rather than ending the run. */
  readonly proceedOnConflicts: boolean;
  /** Ends the run after the present batch. */
  readonly signal?: AbortSignal | undefined;
  readonly apply: (hit: Hit, counts: ByQueryCounts) => Promise<void> | void;
}

/**
 * Does something to every document that a query finds, a batch at a time, and lets other requests in between. The documents are those
 * of the start; what changes meanwhile is a conflict where it matters. It ends after the batch in which something failed.
 */
export async function runByQuery(engine: Engine, run: ByQueryRun): Promise<ByQueryCounts> {
  const counts: ByQueryCounts = {
    total: 0,
    created: 0,
    updated: 0,
    deleted: 0,
    noops: 0,
    batches: 0,
    versionConflicts: 0,
    failures: [],
  };
  const position: ScanPosition = { target: 0, after: undefined };
  const slice = new TimeSlice();
  const { targets, release } = pinTargets(engine, run.targets);
  try {
    for (;;) {
      const room = Math.min(run.batchSize, (run.maxDocs ?? Number.MAX_SAFE_INTEGER) - counts.total);
      const hits = room <= 0 ? [] : await scanPage(engine, targets, run.query, position, room);
      if (hits.length === 0) break;
      counts.batches += 1;
      for (const hit of hits) {
        await applyOne(hit, run, counts);
        if (slice.isOver) await slice.next();
      }
      await engine.commit();
      if (counts.failures.length > 0 || run.signal?.aborted) break;
      await slice.next();
    }
  } finally {
    release();
  }
  return counts;
}

async function applyOne(hit: Hit, run: ByQueryRun, counts: ByQueryCounts): Promise<void> {
  counts.total += 1;
  try {
    await run.apply(hit, counts);
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'internal') throw error;
    if (error.code === 'forbidden') throw error;
    if (error.code === 'conflict') counts.versionConflicts += 1;
    if (error.code === 'conflict' && run.proceedOnConflicts) return;
    const { status, error: cause } = renderItemError(error);
    counts.failures.push({ index: hit.index, id: hit.id, cause, status });
  }
}

/** The counts as the wire has them. */
export function renderByQuery(
  counts: ByQueryCounts,
  startedMs: number,
  options: { readonly counted: readonly ('updated' | 'created' | 'deleted')[] },
): { readonly [name: string]: JsonTree } {
  return {
    took: Math.round(performance.now() - startedMs),
    timed_out: false,
    total: counts.total,
    ...Object.fromEntries(options.counted.map((name) => [name, counts[name]])),
    batches: counts.batches,
    version_conflicts: counts.versionConflicts,
    noops: counts.noops,
    retries: { bulk: 0, search: 0 },
    throttled_millis: 0,
    requests_per_second: -1,
    throttled_until_millis: 0,
    failures: counts.failures,
  };
}
