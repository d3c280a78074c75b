import { answerByQuery } from '../by-query/answer-by-query.ts';
import { runByQuery } from '../by-query/by-query.ts';
import { byQueryParameters, parseByQueryBody, proceeds } from '../by-query/by-query-parameters.ts';
import { checkPipeline } from '../documents/check-pipeline.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { queryOfParameters } from '../search/search-parameters.ts';
import { searchTargets } from '../search/search-targets.ts';

/** Without a script it indexes every document anew, which picks up changes of the mapping. */
export const updateByQuery: Endpoint = endpoint({
  routes: ['POST /{index}/_update_by_query'],
  parameters: byQueryParameters,
  handle: ({ engine, parts, parameters, body, privileged }, context) => {
    checkPipeline(parameters.pipeline);
    const parsed = parseByQueryBody(parseJsonBody(body) ?? {}, requestQueryContext(engine));
    const skip = privileged ? {} : { skip: context.systemIndices };
    const targets = searchTargets(engine, parts.index, indicesOptions(parameters, skip));
    const wait = parameters.wait_for_completion ?? true;
    const description = `update-by-query [${parts.index}]`;
    return answerByQuery(
      context,
      { action: 'indices:data/write/update/byquery', description, wait, creates: false },
      () =>
        runByQuery(engine, {
          targets,
          query: parsed.query ?? queryOfParameters(parameters) ?? { type: 'matchAll' },
          maxDocs: parsed.maxDocs ?? parameters.max_docs,
          batchSize: parameters.scroll_size ?? 1000,
          proceedOnConflicts: parsed.proceedOnConflicts ?? proceeds(parameters.conflicts),
          apply: (hit, counts) => {
            const source = hit.source();
            const condition = { ifSeqNo: hit.seqNo, ifPrimaryTerm: hit.primaryTerm };
            engine.index(hit.index)?.write({ type: 'index', id: hit.id, source, ...condition });
            counts.updated += 1;
          },
        }),
    );
  },
});
