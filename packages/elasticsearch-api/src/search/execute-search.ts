import { DaybookError, isDaybookError } from '@daybook/errors';
import {
  type Engine,
  type Hit,
  type Index,
  isByScore,
  type SearchRequest,
  type SearchResult,
  type Steps,
  TimeSlice,
} from '@daybook/search-engine';
import { checkTopHits } from '../aggregations/check-top-hits.ts';
import { foreignTypes, isForeignCause } from '../errors/error-table.ts';
import { illegalArgument } from '../errors/errors.ts';
import { renderItemError, wireStatus, wireType } from '../errors/render-error.ts';
import { settingOf } from '../indices/settings.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { filteredQuery, type SearchTarget } from './search-targets.ts';
import type { ShardedResult, ShardFailure } from './sharded-result.ts';

const defaultMaxResultWindow = 10_000;

/** `whole`: an index that cannot take part fails all. `scan`: so it does, and sources are read later, one at a time. */
type SearchUse = 'answer' | 'whole' | 'scan';

/**
 * Searches the targets as one. What is wrong in one index alone (a sort field that it does not map, a damaged document) takes that
 * index out of the answer, and what is wrong with its hits alone takes these out; what is wrong in all of them is thrown in the shape of a search
 * whose shards all failed.
 */
export async function executeSearch(
  engine: Engine,
  targets: readonly SearchTarget[],
  request: SearchRequest,
  nodeId: string,
  use: SearchUse = 'answer',
): Promise<ShardedResult> {
  const answer = await searchHealthy(engine, targets, request, nodeId, use);
  const { fetchFailures, timedOut } = answer.result;
  if (timedOut && use !== 'answer') throw failedEverywhere(timeExceeded(), targets, nodeId);
  if (fetchFailures.size === 0) return answer;
  const unshown = targets.flatMap(({ index }) => {
    const error = fetchFailures.get(index.name);
    return error === undefined ? [] : [shardFailure(index, error, nodeId)];
  });
  const failures = [...answer.failures, ...unshown];
  const [first] = fetchFailures.values();
  checkFailures(first!, failures, targets, use);
  return { ...answer, failures };
}

function failedEverywhere(error: DaybookError, targets: readonly SearchTarget[], nodeId: string): DaybookError {
  return allShardsFailed(
    error,
    targets.map(({ index }) => shardFailure(index, error, nodeId)),
  );
}

function timeExceeded(): DaybookError {
  return new DaybookError('timeout', 'Time exceeded', {
    detail: { reason: 'query_phase_execution_exception', status: 500 },
  });
}

/** Throws what failed, where it is every index, or where none may be missing. */
function checkFailures(
  first: DaybookError,
  failures: readonly ShardFailure[],
  targets: readonly SearchTarget[],
  use: SearchUse,
): void {
  if (failures.length === targets.length) throw allShardsFailed(first, failures);
  if (use !== 'answer') throw allShardsFailed(first, failures, { message: 'Partial shards failure' });
}

async function searchHealthy(
  engine: Engine,
  targets: readonly SearchTarget[],
  request: SearchRequest,
  nodeId: string,
  use: SearchUse,
): Promise<ShardedResult> {
  const run = async (among: readonly SearchTarget[]): Promise<Searched> => {
    const indices = among.map((target) => target.index);
    for (const index of indices) {
      if (use === 'scan') checkBatchSize(index, request.size);
      else checkResultWindow(index, request);
      checkTopHits(index, request.aggregations);
    }
    checkSearchAfter(request);
    const startedMs = performance.now();
    const result = await engine.search(indices, { ...request, ...filteredQuery(request.query, among) });
    const foundMs = performance.now();
    const whole = use === 'scan' ? result : await engine.takeTurns(withSources(result));
    return { result: whole, searched: indices, queryMs: foundMs - startedMs, fetchMs: performance.now() - foundMs };
  };
  try {
    return { totalShards: targets.length, failures: [], ...(await run(targets)) };
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    if (error.detail.phase === 'reduce') throw reduceFailed(error);
    if (error.code === 'cancelled') throw failedEverywhere(error, targets, nodeId);
    const failed: { readonly target: SearchTarget; readonly failure: DaybookError }[] = [];
    const slice = new TimeSlice();
    for (const target of targets) {
      if (slice.isOver) await slice.next();
      const failure = targets.length === 1 ? error : await failureOf(() => run([target]));
      if (failure !== undefined) failed.push({ target, failure });
    }
    const failures = failed.map(({ target, failure }) => shardFailure(target.index, failure, nodeId));
    const healthy = targets.filter((target) => !failed.some((entry) => entry.target === target));
    const [first] = failed;
    if (first === undefined) throw allShardsFailed(error, []);
    checkFailures(first.failure, failures, targets, use);
    return { totalShards: targets.length, failures, ...(await run(healthy)) };
  }
}

type Searched = Pick<ShardedResult, 'result' | 'searched' | 'queryMs' | 'fetchMs'>;

/** Reads the sources of all hits now, so that a damaged one is a failure of its index. */
function* withSources(result: SearchResult): Steps<SearchResult> {
  const hits: Hit[] = [];
  for (const hit of result.hits) {
    const source = hit.source();
    hits.push({ ...hit, source: () => source });
    yield;
  }
  return { ...result, hits };
}

async function failureOf(run: () => Promise<unknown>): Promise<DaybookError | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (isDaybookError(error)) return error;
    throw error;
  }
}

/** The wire's shape of an error that came from searching rather than from reading the request. */
export function allShardsFailed(
  error: DaybookError,
  failures: readonly ShardFailure[],
  { message = 'all shards failed', cause }: { readonly message?: string; readonly cause?: DaybookError } = {},
): DaybookError {
  const properties = {
    phase: 'query',
    grouped: true,
    failed_shards: failures,
    ...(foreignTypes.has(wireType(error)) ? { caused_by: twice(renderItemError(error).error) } : {}),
  };
  const rootCauses = failures.map(({ reason }) => rootOf(reason));
  return new DaybookError(error.code, message, {
    detail: { reason: 'search_phase_execution_exception', status: wireStatus(error), properties, rootCauses },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The failure of a shard that nobody knows. */
export function unknownShardFailure(error: DaybookError): ShardFailure {
  return { shard: -1, index: null, reason: renderItemError(error).error };
}

/** The innermost cause of the product's own kind, without what caused it. */
function rootOf({ caused_by: cause, ...reason }: ShardFailure['reason']): JsonObject {
  return isJsonObject(cause) && !isForeignCause(cause) ? rootOf(cause) : reason;
}

/** The wire's shape of an error that came from the results of all indices together, and so is no shard's. */
function reduceFailed(error: DaybookError): DaybookError {
  return new DaybookError(error.code, '', {
    detail: {
      reason: 'search_phase_execution_exception',
      status: wireStatus(error),
      properties: { phase: 'fetch', grouped: true, failed_shards: [] },
      rootCauses: [],
    },
    cause: error,
  });
}

/** compat: what is no error of Elasticsearch's own kind is wrapped in one of the same type and words. */
function twice<T extends object>(cause: T): T & { readonly caused_by: T } {
  return { ...cause, caused_by: cause };
}

/** What one index says that could not take part. */
export function shardFailure(index: Index, error: DaybookError, nodeId: string): ShardFailure {
  const reason = renderItemError(error).error;
  const named = wireType(error) === 'query_shard_exception' ? { index_uuid: index.uuid, index: index.name } : {};
  return { shard: 0, index: index.name, node: nodeId, reason: { ...reason, ...named } };
}

/** The most hits of one page of an index. */
export function maxResultWindow(index: Index): number {
  return Number(settingOf(index, 'max_result_window') ?? defaultMaxResultWindow);
}

function checkBatchSize(index: Index, size: number): void {
  const limit = maxResultWindow(index);
  if (size <= limit) return;
  throw illegalArgument(
    `Batch size is too large, size must be less than or equal to: [${limit}] but was [${size}]. Scroll batch sizes cost as ` +
      'much memory as result windows so they are controlled by the [index.max_result_window] index level setting.',
  );
}

function checkResultWindow(index: Index, request: SearchRequest): void {
  const limit = maxResultWindow(index);
  const window = request.from + request.size;
  if (window <= limit) return;
  throw illegalArgument(
    `Result window is too large, from + size must be less than or equal to: [${limit}] but was [${window}]. See the scroll ` +
      'api for a more efficient way to request large data sets. This limit can be set by changing the ' +
      '[index.max_result_window] index level setting.',
  );
}

function checkSearchAfter(request: SearchRequest): void {
  const { searchAfter, sort, from, collapse } = request;
  if (searchAfter === undefined) return;
  if (collapse !== undefined) throw illegalArgument('cannot use `collapse` in conjunction with `search_after`');
  // compat: the order of scores alone is as if none was asked for.
  if (isByScore(sort)) throw illegalArgument('Sort must contain at least one field.');
  if (from > 0) throw searchError('`from` parameter must be set to 0 when `search_after` is used.');
  if (searchAfter.length !== sort.length) {
    throw illegalArgument(`search_after has ${searchAfter.length} value(s) but sort has ${sort.length}.`);
  }
}

/** compat: what the real product finds out only when it searches is no fault of the request there. */
export function searchError(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'search_exception', status: 500 } });
}
