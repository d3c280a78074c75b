import type { Engine } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import { illegalArgument, searchContextMissing, validationFailed } from '../errors/errors.ts';
import type { IndicesOptions } from '../indices/indices-options.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import type { JsonObject, JsonTree } from '../json/json.ts';
import { executeSearch } from './execute-search.ts';
import { parseSearchBody } from './parse-search-body.ts';
import { renderSearch, type SearchRenderOptions } from './render-search.ts';
import { requestQueryContext } from './request-context.ts';
import type { SearchSpecification } from './search-specification.ts';
import { type SearchTarget, searchTargets } from './search-targets.ts';

export interface SearchRun {
  readonly expression: string | undefined;
  readonly indices: IndicesOptions;
  readonly base: SearchSpecification;
  readonly body: JsonObject;
  readonly render: SearchRenderOptions;
}

/** One search from its request to its answer, as search and each part of msearch do it. */
export function runSearch(engine: Engine, context: ApiContext, run: SearchRun): { readonly [name: string]: JsonTree } {
  const parsed = parseSearchBody(run.body, run.base, requestQueryContext(engine));
  checkTotalHits(parsed, run.render.totalHitsAsInteger);
  const { specification, targets } =
    parsed.pointInTime === undefined
      ? { specification: parsed, targets: searchTargets(engine, run.expression, run.indices) }
      : inPointInTime(engine, context, run, parsed);
  const sharded = executeSearch(engine, targets, specification.request, context.nodeId);
  return {
    pit_id: parsed.pointInTime?.id,
    ...renderSearch(sharded, specification, run.render),
  };
}

/** A search in a point in time names no indices, and its hits carry a last sort value that tells any two apart. */
function inPointInTime(
  engine: Engine,
  context: ApiContext,
  run: SearchRun,
  specification: SearchSpecification,
): { readonly specification: SearchSpecification; readonly targets: readonly SearchTarget[] } {
  if (run.expression !== undefined) throw validationFailed('[indices] cannot be used with point in time');
  const { id = '', keepAliveMs } = specification.pointInTime ?? {};
  const pointInTime = context.pointsInTime.get(id, keepAliveMs);
  if (pointInTime === undefined) throw searchContextMissing(id);
  const { sort } = specification.request;
  const tiebroken = sort.length === 0 || sort.some((key) => key.field === '_doc');
  return {
    specification: tiebroken
      ? specification
      : {
          ...specification,
          request: { ...specification.request, sort: [...sort, { field: '_doc', direction: 'asc' }] },
        },
    targets: searchTargets(engine, pointInTime.indexNames.join(','), indicesOptions({}, { ignoreUnavailable: true })),
  };
}

/** A total that is one number has to be exact. */
function checkTotalHits(specification: SearchSpecification, asInteger: boolean): void {
  const { trackTotalHits } = specification;
  if (!asInteger || typeof trackTotalHits === 'boolean') return;
  throw illegalArgument(
    `[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got ${trackTotalHits}`,
  );
}
