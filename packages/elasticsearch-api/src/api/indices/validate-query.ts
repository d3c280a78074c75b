import { isDaybookError } from '@daybook/errors';
import { parsingError } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { parseTopQuery } from '../../query-dsl/parse-query.ts';
import { executeSearch } from '../../search/execute-search.ts';
import { defaultSpecification } from '../../search/parse-search-body.ts';
import { requestQueryContext } from '../../search/request-context.ts';
import { queryOfParameters, queryParameters } from '../../search/search-parameters.ts';
import { searchTargets } from '../../search/search-targets.ts';

/** A query is valid when it can be read and every index can run it. */
export const validateQuery: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_validate/query`, `${method} /{index}/_validate/query`]),
  parameters: {
    ...queryParameters,
    ...indicesParameters,
    explain: 'boolean',
    rewrite: 'ignored',
    all_shards: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body }, context) => {
    const targets = searchTargets(engine, parts.index, indicesOptions(parameters));
    const { request: base } = defaultSpecification();
    const shards = { total: targets.length, successful: targets.length, failed: 0 };
    try {
      let query = queryOfParameters(parameters) ?? base.query;
      for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
        if (name !== 'query') throw parsingError(`request does not support [${name}]`);
        query = parseTopQuery(value, requestQueryContext(engine));
      }
      const { failures } = await executeSearch(engine, targets, { ...base, query, size: 0 }, context.nodeId);
      const explanations = parameters.explain
        ? targets.map(({ index }) => ({
            index: index.name,
            valid: !failures.some((failure) => failure.index === index.name),
            explanation: JSON.stringify(query),
          }))
        : undefined;
      return { body: { _shards: shards, valid: failures.length === 0, explanations } };
    } catch (error) {
      if (!isDaybookError(error) || error.code === 'internal') throw error;
      return { body: { _shards: shards, valid: false, error: parameters.explain ? error.message : undefined } };
    }
  },
});
