import { type DaybookError, isDaybookError } from '@daybook/errors';
import { type Engine, type Query, refuseBlocked } from '@daybook/search-engine';
import { parsingError } from '../../errors/errors.ts';
import { renderItemError } from '../../errors/render-error.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { blocksOf } from '../../indices/closed-indices.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { type ResolvedIndex, resolveIndices } from '../../indices/resolve-indices.ts';
import { isJsonObject } from '../../json/json.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { parseTopQuery } from '../../query-dsl/parse-query.ts';
import { defaultSpecification } from '../../search/parse-search-body.ts';
import { requestQueryContext } from '../../search/request-context.ts';
import { queryOfParameters, queryParameters } from '../../search/search-parameters.ts';
import { filteredQuery, type SearchTarget, targetVia } from '../../search/search-targets.ts';

/** A query is valid when it can be read and every index can run it. */
export const validateQuery: Endpoint = endpoint({
  routes: ['GET', 'POST'].flatMap((method) => [`${method} /_validate/query`, `${method} /{index}/_validate/query`]),
  parameters: {
    ...queryParameters,
    ...indicesParameters,
    explain: 'boolean',
    rewrite: 'boolean',
    all_shards: 'boolean',
  },
  handle: async ({ engine, parts, parameters, body }) => {
    const resolved = resolveIndices(engine, parts.index, indicesOptions('none', parameters, { allowNoIndices: false }));
    const blocked = refusalOf(engine, resolved);
    if (blocked !== undefined) {
      return {
        body: {
          _shards: { total: 0, successful: 0, failed: 0 },
          valid: false,
          explanations: [{ valid: false, error: blocked }],
        },
      };
    }
    const targets = resolved.map(({ index, viaAliases }) => targetVia(index, viaAliases));
    const verbose = parameters.explain === true || parameters.rewrite === true;
    try {
      let query = queryOfParameters(parameters) ?? defaultSpecification().request.query;
      for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
        if (name !== 'query') throw parsingError(`request does not support [${name}]`);
        query = parseTopQuery(value, requestQueryContext(engine));
      }
      const explanations: (Validity & { readonly index: string })[] = [];
      for (const target of targets) {
        const { query: filtered } = filteredQuery(query, [target]);
        const shard = parameters.all_shards ? { shard: 0 } : {};
        explanations.push({ index: target.index.name, ...shard, ...(await validityIn(engine, target, filtered)) });
      }
      const valid = explanations.every((each) => each.valid);
      const shards = { total: targets.length, successful: targets.length, failed: 0 };
      return { body: { _shards: shards, valid, explanations: verbose ? explanations : undefined } };
    } catch (error) {
      if (!isDaybookError(error) || error.code === 'internal') throw error;
      return { body: { valid: false, error: verbose ? javaError(error) : undefined } };
    }
  },
});

/** compat: that indices cannot be read is told in the answer. */
function refusalOf(engine: Engine, resolved: readonly ResolvedIndex[]): string | undefined {
  try {
    refuseBlocked(
      'read',
      resolved.map(({ index }) => ({ index: index.name, blocks: blocksOf(engine, index) })),
    );
    return undefined;
  } catch (error) {
    if (isDaybookError(error)) return error.message;
    throw error;
  }
}

/** Whether a query can be run. */
type Validity = {
  readonly valid: boolean;
  readonly explanation?: string;
  readonly error?: string;
};

/** What the query is in one index, or why it is wrong there. */
async function validityIn(engine: Engine, { index }: SearchTarget, query: Query): Promise<Validity> {
  try {
    return { valid: true, explanation: await engine.describe(index, query) };
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'internal') throw error;
    return { valid: false, error: `[${index.name}/${index.uuid}] ${javaError(error)}` };
  }
}

/** compat: an error with its causes, as Java's exceptions write themselves. */
function javaError(error: DaybookError): string {
  const { type, reason, caused_by: cause } = renderItemError(error).error;
  if (!isJsonObject(cause)) return `${javaPackage(type)}${javaName(type)}: ${reason}`;
  const root = `${javaPackage(cause.type)}${javaName(cause.type)}: ${cause.reason}`;
  return `${javaName(type)}[${reason}]; nested: ${javaName(cause.type)}[${cause.reason}];; ${root}`;
}

function javaPackage(type: unknown): string {
  if (type === 'parsing_exception') return 'org.elasticsearch.common.';
  return type === 'named_object_not_found_exception' ? 'org.elasticsearch.common.xcontent.' : 'java.lang.';
}

function javaName(type: unknown): string {
  return String(type).replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
}
