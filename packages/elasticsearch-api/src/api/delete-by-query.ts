import { answerByQuery } from '../by-query/answer-by-query.ts';
import { runByQuery } from '../by-query/by-query.ts';
import { byQueryParameters, parseByQueryBody, proceeds } from '../by-query/by-query-parameters.ts';
import { validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { queryOfParameters } from '../search/search-parameters.ts';
import { searchTargets } from '../search/search-targets.ts';

/** Deletes what a query finds; a document that changed since it was found is a conflict. */
export const deleteByQuery: Endpoint = endpoint({
  routes: ['POST /{index}/_delete_by_query'],
  parameters: byQueryParameters,
  handle: ({ engine, parts, parameters, body, privileged }, context) => {
    const parsed = parseByQueryBody(parseJsonBody(body) ?? {}, requestQueryContext(engine));
    const query = parsed.query ?? queryOfParameters(parameters);
    if (query === undefined) throw validationFailed('query is missing');
    const skip = privileged ? {} : { skip: context.systemIndices };
    const targets = searchTargets(engine, parts.index, indicesOptions(parameters, skip));
    const wait = parameters.wait_for_completion ?? true;
    const description = `delete-by-query [${parts.index}]`;
    return answerByQuery(
      context,
      { action: 'indices:data/write/delete/byquery', description, wait, counted: ['deleted'] },
      (signal) =>
        runByQuery(engine, {
          signal,
          targets,
          query,
          maxDocs: parsed.maxDocs ?? parameters.max_docs,
          batchSize: parameters.scroll_size ?? 1000,
          proceedOnConflicts: parsed.proceedOnConflicts ?? proceeds(parameters.conflicts),
          apply: (hit, counts) => {
            engine
              .index(hit.index)
              ?.write({ type: 'delete', id: hit.id, ifSeqNo: hit.seqNo, ifPrimaryTerm: hit.primaryTerm });
            counts.deleted += 1;
          },
        }),
    );
  },
});
