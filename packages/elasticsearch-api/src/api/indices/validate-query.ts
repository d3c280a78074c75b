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
    all_shards: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body }) => {
    const resolved = resolveIndices(engine, parts.index, indicesOptions('none', parameters));
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
    // compat: as many indices as there are, one is asked.
    const shards = { total: 1, successful: 1, failed: 0 };
    const verbose = parameters.explain === true || parameters.rewrite === true;
    try {
      let query = queryOfParameters(parameters) ?? defaultSpecification().request.query;
      for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
        if (name !== 'query') throw parsingError(`request does not support [${name}]`);
        query = parseTopQuery(value, requestQueryContext(engine));
      }
      const explanations: Validity[] = [];
      for (const target of targets) {
        explanations.push(await explainValidity(engine, target, filteredQuery(query, [target]).query));
      }
      const valid = explanations.every((each) => each.valid);
      return { body: { _shards: shards, valid, explanations: verbose ? explanations : undefined } };
    } catch (error) {
      if (!isDaybookError(error) || error.code === 'internal') throw error;
      return { body: { _shards: shards, valid: false, error: verbose ? javaError(error) : undefined } };
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

/** An index, and whether the query can be run there. */
type Validity = {
  readonly index: string;
  readonly valid: boolean;
  readonly explanation?: string;
  readonly error?: string;
};

/** What the query is in one index, or why it is wrong there. */
async function explainValidity(engine: Engine, { index }: SearchTarget, query: Query): Promise<Validity> {
  try {
    return { index: index.name, valid: true, explanation: await engine.describe(index, query) };
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'internal') throw error;
    return { index: index.name, valid: false, error: `[${index.name}/${index.uuid}] ${javaError(error)}` };
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
