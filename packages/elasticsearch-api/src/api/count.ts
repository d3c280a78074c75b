import { parsingError } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../indices/indices-options.ts';
import { parseJsonBody, textOf } from '../json/parse-json.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import { asTask, searchDescription } from '../search/as-task.ts';
import { executeSearch } from '../search/execute-search.ts';
import { defaultSpecification, terminateAfterOfParameter } from '../search/parse-search-body.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { queryOfParameters, queryParameters } from '../search/search-parameters.ts';
import { countSearch } from '../search/search-statistics.ts';
import { checkShardCount, searchTargets } from '../search/search-targets.ts';
import { checkPreference } from '../search/without-effect.ts';

/** The number of documents that a query finds. */
export const count: Endpoint = endpoint({
  routes: ['GET /_count', 'POST /_count', 'GET /{index}/_count', 'POST /{index}/_count'],
  parameters: {
    ...queryParameters,
    ...indicesParameters,
    min_score: 'number',
    preference: 'string',
    routing: 'string',
    terminate_after: 'integer',
  },
  handle: async ({ engine, parts, parameters, body, settings, caller }, context) => {
    checkPreference(parameters.preference);
    const { request: base } = defaultSpecification();
    let query = queryOfParameters(parameters) ?? base.query;
    for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
      if (name !== 'query') throw parsingError(`request does not support [${name}]`);
      query = parseTopQuery(value, requestQueryContext(engine));
    }
    const { terminate_after: limit } = parameters;
    const terminate = limit === undefined ? {} : terminateAfterOfParameter(limit);
    const minScore = parameters.min_score === undefined ? {} : { minScore: parameters.min_score };
    const targets = searchTargets(engine, parts.index, indicesOptions('read', parameters), parameters.routing);
    checkShardCount(targets, settings);
    const describe = () => searchDescription(parts.index, textOf(body));
    const sharded = await asTask(context, caller, describe, (suspended) =>
      executeSearch(engine, targets, { suspended, ...minScore, ...terminate, ...base, query, size: 0 }, context.nodeId),
    );
    countSearch(sharded);
    const { result, totalShards, failures } = sharded;
    const shards = {
      total: totalShards,
      successful: totalShards - failures.length,
      skipped: 0,
      failed: failures.length,
    };
    const terminatedEarly = 'terminateAfter' in terminate ? result.terminatedEarly : undefined;
    return { body: { terminated_early: terminatedEarly, count: result.total, _shards: shards } };
  },
});
