import { answerByQuery } from '../by-query/answer-by-query.ts';
import { runByQuery } from '../by-query/by-query.ts';
import { byQueryParameters } from '../by-query/by-query-parameters.ts';
import { checkScan, parseByQuery } from '../by-query/by-query-request.ts';
import { checkScrolls } from '../by-query/check-scrolls.ts';
import { parsingError } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { tokenOf } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { matchEverything } from '../search/parse-search-body.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { searchTargets } from '../search/search-targets.ts';

/** Deletes what a query finds; a document that changed since it was found is a conflict. */
export const deleteByQuery: Endpoint = endpoint({
  routes: ['POST /{index}/_delete_by_query'],
  parameters: byQueryParameters,
  handle: ({ engine, parts, parameters, body, privileged, settings, typed, caller }, context) => {
    const json = parseJsonBody(body) ?? {};
    if (json.script !== undefined) throw parsingError(`Unknown key for a ${tokenOf(json.script)} in [script].`);
    const request = parseByQuery(json, parameters, requestQueryContext(engine));
    const statesNone = request.search.request.query === matchEverything;
    checkScan(request.search, parameters.slices, statesNone && 'query is missing');
    const skip = privileged ? {} : { skip: context.systemIndices };
    const targets = searchTargets(engine, parts.index, indicesOptions('read', parameters, skip), parameters.routing);
    checkScrolls(context, targets, parameters.scroll ?? 0, settings);
    const { wait_for_completion: wait = true, requests_per_second: requestsPerSecond } = parameters;
    const description = `delete-by-query [${parts.index}]`;
    return answerByQuery(
      context,
      {
        caller,
        action: 'indices:data/write/delete/byquery',
        description,
        wait,
        requestsPerSecond,
        counted: ['deleted'],
      },
      (watch) =>
        runByQuery(engine, {
          ...watch,
          targets,
          ...request,
          nodeId: context.nodeId,
          typed,
          refresh: parameters.refresh ?? false,
          apply: (hit, counts) => {
            engine.index(hit.index)?.write({
              type: 'delete',
              id: hit.id,
              routing: hit.routing,
              ifSeqNo: hit.seqNo,
              ifPrimaryTerm: hit.primaryTerm,
            });
            counts.deleted += 1;
          },
        }),
    );
  },
});
