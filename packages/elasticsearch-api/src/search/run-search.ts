import type { Engine, SearchRequest, SortKey } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import type { Caller } from '../http/caller.ts';
import { type IndicesOptions, indicesOptions } from '../indices/indices-options.ts';
import type { JsonTree } from '../json/json.ts';
import { asTask, type Suspended, searchDescription } from './as-task.ts';
import { checkFetch } from './check-fetch.ts';
import { executeSearch } from './execute-search.ts';
import { expandHits } from './expand-hits.ts';
import { withFetch } from './fetch-request.ts';
import { withIndexBoosts } from './index-boosts.ts';
import { checkKeepAlive } from './keep-alive.ts';
import { withinSlice } from './parse-slice.ts';
import { renderSearch, type SearchRenderOptions } from './render-search.ts';
import { checkPointInTimeId, searchContextMissing } from './search-contexts.ts';
import type { SearchSpecification } from './search-specification.ts';
import { countSearch } from './search-statistics.ts';
import { checkShardCount, type SearchTarget, searchTargets } from './search-targets.ts';
import { inTotalOrder } from './total-order.ts';

/** What one search needs besides the engine. */
export interface SearchRun {
  readonly expression: string | undefined;
  readonly indices: IndicesOptions;
  /** What else was asked for that a point in time has chosen already. */
  readonly chosen: readonly string[];
  readonly specification: SearchSpecification;
  readonly render: SearchRenderOptions;
  readonly settings: Pick<EffectiveSettings, 'maxSearchedShards' | 'maxKeepAliveMs'>;
  /** Values, separated by commas, that lead to the shards that are asked. */
  readonly routing: string | undefined;
  /** Whether an index that cannot take part may be missing from the answer. */
  readonly allowPartialResults: boolean;
  readonly caller: Caller;
  /** Its body as it was sent, for whoever asks what runs. */
  readonly sent: () => string;
}

/** The body of a search's answer. */
type SearchAnswer = { readonly [name: string]: JsonTree };

/** One search from its request to its answer, as search and each part of msearch do it. */
export function runSearch(engine: Engine, context: ApiContext, run: SearchRun): Promise<SearchAnswer> {
  const describe = () => searchDescription(run.expression, run.sent());
  return asTask(context, run.caller, describe, (suspended) => runOne(engine, context, { suspended, ...run }));
}

/** A search that can be ended. */
type RunningSearch = SearchRun & { readonly suspended: Suspended };

async function runOne(engine: Engine, context: ApiContext, run: RunningSearch): Promise<SearchAnswer> {
  const parsed = run.specification;
  checkTotalHits(parsed, run.render.totalHitsAsInteger);
  if (parsed.pointInTime !== undefined) return runInPointInTime(engine, context, run, parsed.pointInTime);
  const targets = searchTargets(engine, run.expression, run.indices, run.routing);
  checkShardCount(targets, run.settings);
  checkFetch(targets, parsed, context.nodeId);
  const { request } = withIndexBoosts(engine, withFetch(parsed, targets), targets, run.indices);
  return answer(engine, targets, { ...parsed, request }, run);
}

/** A search in a point in time names no indices, and its sort ends in a value that tells any two hits apart. */
async function runInPointInTime(
  engine: Engine,
  context: ApiContext,
  run: RunningSearch,
  { id, keepAliveMs }: NonNullable<SearchSpecification['pointInTime']>,
): Promise<SearchAnswer> {
  const chosen = [...(run.expression === undefined ? [] : ['indices']), ...run.chosen];
  if (chosen.length > 0) {
    throw validationFailed(...chosen.map((name) => `[${name}] cannot be used with point in time`));
  }
  checkPointInTimeId(id);
  if (keepAliveMs !== undefined) checkKeepAlive(keepAliveMs, run.settings);
  const pointInTime = context.pointsInTime.get(id, keepAliveMs);
  if (pointInTime === undefined) throw searchContextMissing(id);
  const { targets } = pointInTime;
  const parsed = withinSlice(run.specification);
  checkFetch(targets, parsed, context.nodeId);
  const fetching = withFetch(parsed, targets);
  const { request } = withIndexBoosts(
    engine,
    fetching,
    targets,
    indicesOptions('none', {}, { ignoreUnavailable: true }),
  );
  const asked = { ...parsed, request: { ...request, sort: sortInPointInTime(request) } };
  return { pit_id: id, ...(await answer(engine, targets, asked, run)) };
}

const INDICES_OPTIONS = /^(?:ignore_?unavailable|allow_?no_?indices|expand_?wildcards|ignore_?throttled)$/i;

/** Of the parameters of a search, or the keys of a header, what a point in time has chosen already, as messages call it. */
export function chosenByPointInTime(names: readonly string[]): readonly string[] {
  const options = names.some((name) => INDICES_OPTIONS.test(name)) ? ['indicesOptions'] : [];
  return [...options, ...['routing', 'preference'].filter((name) => names.includes(name))];
}

/** Whoever goes on after values of the keys alone, as where no key is added to them, is given pages in the order of those. */
function sortInPointInTime({ sort, searchAfter }: SearchRequest): readonly SortKey[] {
  return sort.length === 0 || searchAfter?.length === sort.length ? sort : inTotalOrder(sort);
}

async function answer(
  engine: Engine,
  targets: readonly SearchTarget[],
  specification: SearchSpecification,
  { suspended, render, allowPartialResults }: RunningSearch,
): Promise<SearchAnswer> {
  const use = allowPartialResults ? 'answer' : 'whole';
  const request = { suspended, ...specification.request };
  const sharded = await executeSearch(engine, targets, request, render.nodeId, use);
  countSearch(sharded, specification.statisticsGroups);
  const innerHits = await expandHits(engine, targets, specification, sharded.result.hits, suspended, render);
  return engine.takeTurns(renderSearch(sharded, specification, render, innerHits));
}

/** A total that is one number has to be exact. */
export function checkTotalHits(specification: SearchSpecification, asInteger: boolean): void {
  const { trackTotalHits } = specification;
  if (!asInteger || typeof trackTotalHits === 'boolean') return;
  throw illegalArgument(
    `[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got ${trackTotalHits}`,
  );
}
