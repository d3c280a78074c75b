import { illegalArgument } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { checkKeepAlive } from '../search/keep-alive.ts';
import { maxPointsInTime } from '../search/point-in-time-registry.ts';
import { pinTargets, searchTargets } from '../search/search-targets.ts';

/** Elasticsearch's `_pit` and OpenSearch's `_search/point_in_time`, which differ in the names of what they answer. */
export const openPointInTime: Endpoint = endpoint({
  routes: ['POST /{index}/_pit', 'POST /{index}/_search/point_in_time'],
  parameters: {
    ...indicesParameters,
    keep_alive: 'time',
    preference: 'ignored',
    routing: 'string',
    allow_partial_pit_creation: 'ignored',
    allow_partial_search_results: 'ignored',
  },
  handle: ({ engine, parts, parameters, path, settings }, context) => {
    if (parameters.keep_alive === undefined) throw illegalArgument('[keep_alive] is required');
    checkKeepAlive(parameters.keep_alive, settings);
    const { targets, release } = pinTargets(
      engine,
      searchTargets(engine, parts.index, indicesOptions('read', parameters), parameters.routing),
      'point-in-time',
    );
    const id = context.pointsInTime.open({ targets, release }, parameters.keep_alive, maxPointsInTime);
    const shards = { total: targets.length, successful: targets.length, skipped: 0, failed: 0 };
    return path.includes('/_search/')
      ? { body: { pit_id: id, _shards: shards, creation_time: Date.now() } }
      : { body: { id, _shards: shards } };
  },
});
