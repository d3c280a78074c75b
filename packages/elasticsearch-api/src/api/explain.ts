import type { Explanation, Query, SearchRequest } from '@daybook/search-engine';
import { renderParts } from '../documents/render-document.ts';
import { parsingError } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { resolveDateMathName } from '../indices/date-math-name.ts';
import { checkRequiredRouting } from '../indices/document-routing.ts';
import { readableIndex } from '../indices/single-index.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import { executeSearch } from '../search/execute-search.ts';
import { explanationOnly } from '../search/fetch-request.ts';
import { defaultSpecification } from '../search/parse-search-body.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';
import { renderExplanation } from '../search/render-explanation.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { queryOfParameters, queryParameters } from '../search/search-parameters.ts';
import { targetVia } from '../search/search-targets.ts';
import { checkPreference } from '../search/without-effect.ts';

/** Whether a query finds one document, and how it comes to its score. */
export const explain: Endpoint = endpoint({
  routes: ['GET /{index}/_explain/{id}', 'POST /{index}/_explain/{id}'],
  parameters: {
    ...queryParameters,
    ...sourceParameters,
    stored_fields: 'list',
    preference: 'string',
    routing: 'string',
  },
  handle: async ({ engine, parts, parameters, body, typed }, context) => {
    const index = readableIndex(engine, parts.index ?? '');
    checkPreference(parameters.preference);
    const id = parts.id ?? '';
    const { request: base } = defaultSpecification();
    let query = queryOfParameters(parameters) ?? base.query;
    for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
      if (name !== 'query') throw parsingError(`request does not support [${name}]`);
      query = parseTopQuery(value, requestQueryContext(engine));
    }
    // compat: the routing value of an alias has no effect.
    checkRequiredRouting(index, id, parameters.routing);
    const name = resolveDateMathName(parts.index ?? '');
    const target = targetVia(index, name === index.name ? [] : [name]);
    const { result } = await executeSearch(engine, [target], onlyDocument(base, query, id), context.nodeId);
    const identity = { _index: index.name, _type: typed ? '_doc' : undefined, _id: id };
    const stored = index.get(id, parameters.routing);
    if (stored === undefined) return { status: 404, body: { ...identity, matched: false } };
    const source = sourceFilterOfParameters(parameters);
    const { stored_fields: storedFields } = parameters;
    const isWanted = source?.enabled === true || storedFields !== undefined;
    const get = isWanted ? renderParts(index, stored, { source, storedFields }) : undefined;
    const [hit] = result.hits;
    const explanation = renderExplanation(hit?.fetched?.explanation ?? noMatch);
    return { body: { ...identity, matched: hit !== undefined, explanation, get } };
  },
});

const noMatch: Explanation = { value: 0, description: 'no matching term', details: [] };

/** The search that finds the document, or nothing. */
function onlyDocument(base: SearchRequest, query: Query, id: string): SearchRequest {
  return { ...base, query, postFilter: { type: 'ids', values: [id] }, size: 1, fetch: explanationOnly(query) };
}
