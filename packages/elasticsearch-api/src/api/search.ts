import { TimeSlice } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { parseJsonBody, textOf } from '../json/parse-json.ts';
import { asTask, searchDescription } from '../search/as-task.ts';
import { checkFetch } from '../search/check-fetch.ts';
import { withFetch } from '../search/fetch-request.ts';
import { withIndexBoosts } from '../search/index-boosts.ts';
import { asShardsSay, checkKeepAlive } from '../search/keep-alive.ts';
import { openScroll } from '../search/open-scroll.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { withinSlice } from '../search/parse-slice.ts';
import { renderSearch } from '../search/render-search.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { chosenByPointInTime, runSearch } from '../search/run-search.ts';
import { searchParameters, withParameters } from '../search/search-parameters.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { checkGroups } from '../search/search-statistics.ts';
import { checkShardCount, searchTargets } from '../search/search-targets.ts';
import { checkWithoutEffect, withoutEffect } from '../search/without-effect.ts';

/** Searches; with `scroll` it opens a scroll and gives its first page. */
export const search: Endpoint = endpoint({
  routes: [
    'GET /_search',
    'POST /_search',
    'GET /{index}/_search',
    'POST /{index}/_search',
    'GET /{index}/_doc/_search',
    'POST /{index}/_doc/_search',
  ],
  parameters: {
    ...searchParameters,
    ...indicesParameters,
    ...withoutEffect,
    scroll: 'time',
    typed_keys: 'boolean',
    rest_total_hits_as_int: 'boolean',
  },
  handle: async ({ engine, parts, parameters, body, typed, settings, caller }, context) => {
    checkWithoutEffect(parameters);
    const totalHitsAsInteger = parameters.rest_total_hits_as_int ?? false;
    const render = {
      nodeId: context.nodeId,
      startedMs: performance.now(),
      typed,
      typedKeys: parameters.typed_keys ?? false,
      totalHitsAsInteger,
    };
    const indices = indicesOptions('read', parameters);
    const sent = () => (body.byteLength > 0 ? textOf(body) : (parameters.q ?? ''));
    const slice = new TimeSlice();
    const json = parseJsonBody(body) ?? {};
    if (slice.isOver) await slice.next();
    const parsed = parseSearchBody(json, requestQueryContext(engine));
    const specification = withGroups(withParameters(parsed, parameters), parameters.stats);
    if (parameters.scroll === undefined) {
      const chosen = chosenByPointInTime(Object.keys(parameters));
      const allowPartialResults = parameters.allow_partial_search_results ?? settings.allowPartialResults;
      const run = {
        expression: parts.index,
        indices,
        chosen,
        specification,
        render,
        settings,
        routing: parameters.routing,
        allowPartialResults,
        caller,
        sent,
      };
      return { body: await runSearch(engine, context, run) };
    }
    if (specification.pointInTime !== undefined) {
      throw validationFailed('using [point in time] is not allowed in a scroll context');
    }
    const { from, size } = specification.request;
    if (size === 0) throw validationFailed('[size] cannot be [0] in a scroll context');
    if (parameters.request_cache) throw validationFailed('[request_cache] cannot be used in a scroll context');
    if (from > 0) throw validationFailed('using [from] is not allowed in a scroll context');
    if (specification.request.collapse !== undefined) {
      throw illegalArgument('cannot use `collapse` in a scroll context');
    }
    if (parameters.scroll <= 0) throw illegalArgument('[scroll] must be greater than 0');
    const targets = searchTargets(engine, parts.index, indices, parameters.routing);
    checkShardCount(targets, settings);
    const { scroll: keepAliveMs } = parameters;
    asShardsSay(targets, context.nodeId, () => checkKeepAlive(keepAliveMs, settings));
    const sliced = withinSlice(specification);
    checkFetch(targets, sliced, context.nodeId);
    const boosted = withIndexBoosts(engine, withFetch(sliced, targets), targets, indices);
    const describe = () => searchDescription(parts.index, sent(), `${keepAliveMs}ms`);
    const { first, scroll } = await asTask(context, caller, describe, (suspended) =>
      openScroll(engine, targets, boosted, context.nodeId, suspended),
    );
    const open = (): string => context.scrolls.open(scroll, keepAliveMs, settings.maxOpenScrolls);
    const id = asShardsSay(targets, context.nodeId, open);
    const answer = await engine.takeTurns(renderSearch(first, specification, render));
    return { body: { _scroll_id: id, ...answer } };
  },
});

/** What the query string names, where it names any, goes before what the body does. */
function withGroups(specification: SearchSpecification, groups: readonly string[] | undefined): SearchSpecification {
  return groups === undefined ? specification : { ...specification, statisticsGroups: checkGroups(groups) };
}
