import { isDaybookError } from '@daybook/errors';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import { renderError } from '../errors/render-error.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type IndicesOptions, indicesOptions } from '../indices/indices-options.ts';
import type { JsonObject, JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { splitLines } from '../json/split-lines.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { runSearch } from '../search/run-search.ts';

const maxSearches = 1000;

/** Searches several times; each has its own outcome. */
export const msearch: Endpoint = endpoint({
  routes: ['GET /_msearch', 'POST /_msearch', 'GET /{index}/_msearch', 'POST /{index}/_msearch'],
  parameters: {
    typed_keys: 'boolean',
    rest_total_hits_as_int: 'boolean',
    max_concurrent_searches: 'ignored',
    max_concurrent_shard_requests: 'ignored',
    pre_filter_shard_size: 'ignored',
    search_type: 'ignored',
    ccs_minimize_roundtrips: 'ignored',
  },
  handle: async ({ engine, parts, parameters, body, typed }, context) => {
    const startedMs = performance.now();
    const run = async ({ header, search }: SearchPair): Promise<JsonTree> => {
      try {
        const render = {
          nodeId: context.nodeId,
          startedMs: performance.now(),
          typed,
          typedKeys: parameters.typed_keys ?? false,
          totalHitsAsInteger: parameters.rest_total_hits_as_int ?? false,
        };
        const expression = expressionOf(header.index) ?? parts.index;
        const indices = indicesOptionsOf(header);
        const specification = parseSearchBody(search, requestQueryContext(engine));
        return { ...(await runSearch(engine, context, { expression, indices, specification, render })), status: 200 };
      } catch (error) {
        if (!isDaybookError(error)) context.log({ level: 'error', message: 'search failed', error });
        const { status, error: rendered } = renderError(error);
        return { error: rendered, status };
      }
    };
    const responses: JsonTree[] = [];
    for (const pair of parsePairs(body)) responses.push(await run(pair));
    return { body: { took: Math.round(performance.now() - startedMs), responses } };
  },
});

interface SearchPair {
  readonly header: JsonObject;
  readonly search: JsonObject;
}

function parsePairs(body: Uint8Array): readonly SearchPair[] {
  const lines = splitLines(body);
  if (lines.length === 0) throw validationFailed('no requests added');
  if (lines.length % 2 === 1) {
    throw illegalArgument('a multi search takes pairs of lines, a header and a body; the last header has no body');
  }
  if (lines.length / 2 > maxSearches) throw illegalArgument(`a multi search takes at most [${maxSearches}] searches`);
  const pairs = [];
  for (let line = 0; line < lines.length; line += 2) {
    pairs.push({ header: parseJsonBody(lines[line]!) ?? {}, search: parseJsonBody(lines[line + 1]!) ?? {} });
  }
  return pairs;
}

function expressionOf(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given) ? given.map(String).join(',') : String(given);
}

function indicesOptionsOf(header: JsonObject): IndicesOptions {
  const flag = (name: string): boolean | undefined =>
    header[name] === undefined ? undefined : String(header[name]) === 'true';
  const expand = expressionOf(header.expand_wildcards);
  const ignoreUnavailable = flag('ignore_unavailable');
  const allowNoIndices = flag('allow_no_indices');
  return indicesOptions({
    ...(ignoreUnavailable === undefined ? {} : { ignore_unavailable: ignoreUnavailable }),
    ...(allowNoIndices === undefined ? {} : { allow_no_indices: allowNoIndices }),
    ...(expand === undefined ? {} : { expand_wildcards: expand.split(',') }),
  });
}
