import type { Hit } from '@daybook/search-engine';
import { answerByQuery } from '../by-query/answer-by-query.ts';
import { RunError, runByQuery } from '../by-query/by-query.ts';
import { byQueryParameters } from '../by-query/by-query-parameters.ts';
import { checkScan, filteredBytes, missingSource, parseByQuery } from '../by-query/by-query-request.ts';
import { checkScrolls } from '../by-query/check-scrolls.ts';
import { checkPipeline } from '../documents/check-pipeline.ts';
import { writeSource } from '../documents/prepare-write.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { indicesOptions } from '../indices/indices-options.ts';
import { writeExactJson } from '../json/exact-json.ts';
import type { JsonObject } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { RawJson } from '../json/raw-json.ts';
import type { SourceFilter } from '../json/source-filter.ts';
import type { ScriptRequest } from '../painless/parse-script-body.ts';
import { runByQueryScript } from '../painless/run-document-script.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { searchTargets } from '../search/search-targets.ts';

/** Runs a script over every document; without one it indexes each anew, which picks up changes of the mapping. */
export const updateByQuery: Endpoint = endpoint({
  routes: ['POST /{index}/_update_by_query'],
  parameters: byQueryParameters,
  handle: ({ engine, parts, parameters, body, privileged, settings, typed, caller }, context) => {
    checkPipeline(parameters.pipeline);
    const request = parseByQuery(parseJsonBody(body) ?? {}, parameters, requestQueryContext(engine));
    const { script, search } = request;
    checkScan(search, parameters.slices, missingSource(search));
    const skip = privileged ? {} : { skip: context.systemIndices };
    const targets = searchTargets(engine, parts.index, indicesOptions('read', parameters, skip), parameters.routing);
    checkScrolls(context, targets, parameters.scroll ?? 0, settings);
    const { wait_for_completion: wait = true, requests_per_second: requestsPerSecond } = parameters;
    const description = `update-by-query [${parts.index}]`;
    return answerByQuery(
      context,
      {
        caller,
        action: 'indices:data/write/update/byquery',
        description,
        wait,
        requestsPerSecond,
        counted: ['updated', 'deleted'],
      },
      (watch) =>
        runByQuery(engine, {
          ...watch,
          targets,
          ...request,
          nodeId: context.nodeId,
          typed,
          refresh: parameters.refresh ?? false,
          apply: async (hit, counts) => {
            const { operation, source } = changed(hit, search.source, script);
            const condition = { routing: hit.routing, ifSeqNo: hit.seqNo, ifPrimaryTerm: hit.primaryTerm };
            const index = engine.index(hit.index);
            if (operation === 'none') counts.noops += 1;
            else if (operation === 'delete') {
              index?.write({ type: 'delete', id: hit.id, ...condition });
              counts.deleted += 1;
            } else {
              const write = { type: 'index', id: hit.id, source, ...condition } as const;
              if (index !== undefined) await writeSource(engine, index, write);
              counts.updated += 1;
            }
          },
        }),
    );
  },
});

/** What is to be done with a document, and its new source. */
function changed(
  hit: Hit,
  filter: SourceFilter,
  script: ScriptRequest | undefined,
): { readonly operation: 'index' | 'none' | 'delete'; readonly source: Uint8Array } {
  const source = filteredBytes(hit, filter);
  if (script === undefined) return { operation: 'index', source };
  const { routing = null } = hit;
  const metadata = { _index: hit.index, _id: hit.id, _type: '_doc', _version: hit.version, _routing: routing };
  const result = runScript(() => runByQueryScript(script, new RawJson(source).parse() as JsonObject, metadata));
  return result.operation === 'index'
    ? { operation: 'index', source: Buffer.from(writeExactJson(result.source)) }
    : { ...result, source };
}

/** compat: a script that fails ends the run, with what is wrong with it. */
function runScript<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new RunError(error);
  }
}
