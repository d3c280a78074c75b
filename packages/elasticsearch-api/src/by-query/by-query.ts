import { isDaybookError } from '@daybook/errors';
import { type Engine, type Hit, TimeSlice } from '@daybook/search-engine';
import { renderItemError } from '../errors/render-error.ts';
import { doubleJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import { withinSlice } from '../search/parse-slice.ts';
import { scanDocuments } from '../search/scan-documents.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { pinTargets, type SearchTarget } from '../search/search-targets.ts';

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
  /** The slice that was asked for. */
  readonly sliceId: number | undefined;
}

/** What can be done to a document. */
export type Counted = 'updated' | 'created' | 'deleted';

/** How somebody follows a run. */
export interface ByQueryWatch {
  /** Ends the run after the present batch. */
  readonly signal?: AbortSignal | undefined;
  /** Gets the counts once, at the start; they are kept true as the run goes on. */
  readonly begun?: (counts: ByQueryCounts) => void;
}

/** What is done, to which documents. Conditions of writes are up to `apply`. */
export interface ByQueryRun extends ByQueryWatch {
  readonly targets: readonly SearchTarget[];
  /** Its order is that of the documents, its `size` that of a batch. */
  readonly search: SearchSpecification;
  readonly nodeId: string;
  readonly maxDocs: number | undefined;
  /** Whether a conflict is counted rather than ending the run. */
  readonly proceedOnConflicts: boolean;
  /** The index that is written, where it is another than the documents'. */
  readonly dest?: string;
  /** Whether what was written is refreshed at the end. */
  readonly refresh: boolean;
  /** Whether documents carry `_type`. */
  readonly typed: boolean;
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
    status: 200,
    sliceId: run.search.slice?.id,
  };
  run.begun?.(counts);
  const { maxDocs = Number.MAX_SAFE_INTEGER } = run;
  const { request } = withinSlice(run.search);
  const slice = new TimeSlice();
  const { targets, release } = pinTargets(engine, run.targets, 'scroll');
  const nextPage = scanDocuments(engine, targets, request, run.nodeId);
  try {
    for (let left = maxDocs; left > 0; ) {
      const { hits, total } = await nextPage(Math.min(request.size, left));
      if (hits.length === 0) break;
      left -= hits.length;
      counts.total = Math.min(total, maxDocs);
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
  if (run.refresh && counts.created + counts.updated + counts.deleted > 0) countRefresh(engine, run);
  return counts;
}

function countRefresh(engine: Engine, { dest, targets }: ByQueryRun): void {
  const written = dest === undefined ? targets.map(({ index }) => index) : [engine.index(dest)];
  for (const index of written) if (index !== undefined) index.counters.refreshes += 1;
}

/** What is wrong with the whole run, and not with the document at which it shows. */
export class RunError extends Error {
  constructor(cause: unknown) {
    super('the run cannot go on', { cause });
  }
}

async function applyOne(hit: Hit, run: ByQueryRun, counts: ByQueryCounts): Promise<void> {
  try {
    await run.apply(hit, counts);
  } catch (error) {
    if (error instanceof RunError) throw error.cause;
    if (!isDaybookError(error) || error.code === 'internal') throw error;
    // compat: what an index refuses is a failure of its document; what the cluster refuses, one of the whole run.
    if (error.code === 'forbidden' && error.detail.index === undefined) throw error;
    if (error.code === 'conflict') counts.versionConflicts += 1;
    if (error.code === 'conflict' && run.proceedOnConflicts) return;
    const { status, error: cause } = renderItemError(error);
    const type = run.typed ? '_doc' : undefined;
    counts.failures.push({ index: run.dest ?? hit.index, type, id: hit.id, cause, status });
    counts.status = Math.max(counts.status, status);
  }
}

/** What was done, as the answer has it. */
export function renderByQuery(
  counts: ByQueryCounts,
  startedMs: number,
  options: { readonly counted: readonly Counted[] },
): { readonly [name: string]: JsonTree } {
  return {
    took: Math.round(performance.now() - startedMs),
    timed_out: false,
    ...renderCounts(counts, options.counted),
    failures: counts.failures,
  };
}

/** The counts as the wire has them, at any time. */
export function renderCounts(
  counts: ByQueryCounts,
  counted: readonly Counted[] = ['updated', 'created', 'deleted'],
): { readonly [name: string]: JsonTree } {
  return {
    slice_id: counts.sliceId,
    total: counts.total,
    ...Object.fromEntries(counted.map((name) => [name, counts[name]])),
    batches: counts.batches,
    version_conflicts: counts.versionConflicts,
    noops: counts.noops,
    retries: { bulk: 0, search: 0 },
    throttled_millis: 0,
    requests_per_second: doubleJson(-1),
    throttled_until_millis: 0,
  };
}
