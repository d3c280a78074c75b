import { isDaybookError } from '@daybook/errors';
import { type Engine, type Hit, shardLayout, TimeSlice } from '@daybook/search-engine';
import { renderItemError } from '../errors/render-error.ts';
import { asShardsSay } from '../search/keep-alive.ts';
import { checkSliceCount, withinSlice } from '../search/parse-slice.ts';
import { scanDocuments } from '../search/scan-documents.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { pinTargets, type SearchTarget } from '../search/search-targets.ts';
import { type ByQueryCounts, noCounts, summed } from './by-query-counts.ts';
import type { Throttle } from './throttle.ts';

/** However many shards there are. */
const MAX_AUTOMATIC_SLICES = 20;

/** How somebody steers and follows a run. */
export interface ByQueryWatch {
  /** Slows the run down; its signal ends it after the present batch. */
  readonly throttle?: Throttle;
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
  readonly slices: number | 'auto';
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
  const sliceCount = sliceCountOf(run);
  asShardsSay(run.targets, run.nodeId, () => checkSliceCount(sliceCount));
  const counts = { ...noCounts(run.search.slice?.id), ...(sliceCount > 1 && { slices: [] }) };
  run.begun?.(counts);
  const { targets, release } = pinTargets(engine, run.targets, 'scroll');
  try {
    if (counts.slices === undefined) await runOne(engine, run, targets, counts);
    else await runSlices(engine, run, targets, sliceCount, counts.slices);
  } finally {
    release();
  }
  const { created, updated, deleted } = summed(counts);
  if (run.refresh && created + updated + deleted > 0) countRefresh(engine, run);
  return counts;
}

/** compat: without a number there are as many as the index of the fewest shards has, or would have if an index was not one here. */
function sliceCountOf({ slices, targets, maxDocs = Number.MAX_SAFE_INTEGER }: ByQueryRun): number {
  if (slices !== 'auto') return slices;
  const shards = targets.map(({ index }) => shardLayout(index.settings()).shards);
  return shards.length === 0 ? 1 : Math.min(MAX_AUTOMATIC_SLICES, maxDocs, ...shards);
}

/** One slice behind another, all of what there is at the start. What fails in one ends that one. */
async function runSlices(
  engine: Engine,
  run: ByQueryRun,
  targets: readonly SearchTarget[],
  max: number,
  slices: ByQueryCounts[],
): Promise<void> {
  const maxDocs = run.maxDocs === undefined ? undefined : Math.floor(run.maxDocs / max);
  for (let id = 0; id < max && run.throttle?.signal.aborted !== true; id++) {
    const search = { ...run.search, slice: { type: 'slice', id, max, field: '_id' } } as const;
    const counts = noCounts(id, max);
    slices.push(counts);
    await runOne(engine, { ...run, search, maxDocs }, targets, counts);
  }
}

async function runOne(
  engine: Engine,
  run: ByQueryRun,
  targets: readonly SearchTarget[],
  counts: ByQueryCounts,
): Promise<void> {
  const { maxDocs = Number.MAX_SAFE_INTEGER, throttle } = run;
  const { request: whole } = withinSlice(run.search);
  const request = throttle === undefined ? whole : { suspended: () => throttle.signal, ...whole };
  const slice = new TimeSlice();
  const nextPage = scanDocuments(engine, targets, request, run.nodeId);
  for (let left = maxDocs; left > 0; ) {
    const page = await nextPage(Math.min(request.size, left)).catch((error: unknown) => {
      if (throttle?.signal.aborted) return undefined;
      throw error;
    });
    if (page === undefined || page.hits.length === 0) break;
    const { hits, total } = page;
    left -= hits.length;
    counts.total = Math.min(total, maxDocs);
    counts.batches += 1;
    const noopsBefore = counts.noops;
    for (const hit of hits) {
      await applyOne(hit, run, counts);
      if (slice.isOver) await slice.next();
    }
    await engine.commit();
    if (counts.failures.length > 0 || throttle?.signal.aborted || left === 0) break;
    // compat: it waits behind the last batch too, and for what is written only.
    const writes = hits.length - (counts.noops - noopsBefore);
    counts.throttledMs += (await throttle?.wait(writes)) ?? 0;
    if (throttle?.signal.aborted) break;
    await slice.next();
  }
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
