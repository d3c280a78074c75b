import { isDaybookError } from '@daybook/errors';
import { TimeSlice } from '@daybook/search-engine';
import { illegalArgument, validationFailed } from '../errors/errors.ts';
import { renderError } from '../errors/render-error.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type IndicesOptions, indicesOptions } from '../indices/indices-options.ts';
import type { JsonObject, JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { splitLines } from '../json/split-lines.ts';
import { toBoolean } from '../query-dsl/option-readers.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { parseSearchBody } from '../search/parse-search-body.ts';
import { requestQueryContext } from '../search/request-context.ts';
import { checkTotalHits, chosenByPointInTime, runSearch } from '../search/run-search.ts';
import type { SearchSpecification } from '../search/search-specification.ts';
import { checkPreference, checkSearchType, checkWithoutEffect } from '../search/without-effect.ts';

const maxSearches = 1000;

/** Searches several times; each has its own outcome. */
export const msearch: Endpoint = endpoint({
  routes: ['GET /_msearch', 'POST /_msearch', 'GET /{index}/_msearch', 'POST /{index}/_msearch'],
  parameters: {
    typed_keys: 'boolean',
    rest_total_hits_as_int: 'boolean',
    max_concurrent_searches: 'integer',
    max_concurrent_shard_requests: 'integer',
    pre_filter_shard_size: 'integer',
    search_type: 'string',
    ccs_minimize_roundtrips: 'boolean',
  },
  handle: async ({ engine, parts, parameters, body, typed, settings, caller }, context) => {
    const startedMs = performance.now();
    const { max_concurrent_searches: concurrent = 1, typed_keys: typedKeys = false } = parameters;
    const totalHitsAsInteger = parameters.rest_total_hits_as_int ?? false;
    checkWithoutEffect(parameters);
    if (concurrent < 1) throw illegalArgument('maxConcurrentSearchRequests must be positive');
    const queries = requestQueryContext(engine);
    const slice = new TimeSlice();
    const searches: ParsedSearch[] = [];
    for (const pair of parsePairs(body)) {
      if (slice.isOver) await slice.next();
      searches.push(parseSearch(pair, queries, totalHitsAsInteger));
    }
    const run = async ({ header, options, specification, sent }: ParsedSearch): Promise<JsonTree> => {
      try {
        const render = { nodeId: context.nodeId, startedMs: performance.now(), typed, typedKeys, totalHitsAsInteger };
        const expression = expressionOf(header.index) ?? parts.index;
        const chosen = chosenByPointInTime(Object.keys(header));
        const { allowPartialResults = settings.allowPartialResults } = options;
        checkPreference(header.preference === undefined ? undefined : String(header.preference));
        const search = {
          expression,
          indices: options.indices,
          chosen,
          specification: specification(),
          render,
          settings,
          routing: routingOf(header),
          allowPartialResults,
          caller,
          sent,
        };
        return { ...(await runSearch(engine, context, search)), status: 200 };
      } catch (error) {
        if (!isDaybookError(error)) context.log({ level: 'error', message: 'search failed', error });
        const { status, error: rendered } = renderError(error);
        return { error: rendered, status };
      }
    };
    const responses: JsonTree[] = [];
    for (const search of searches) {
      if (slice.isOver) await slice.next();
      responses.push(await run(search));
    }
    return { body: { took: Math.round(performance.now() - startedMs), responses } };
  },
});

interface SearchPair {
  readonly header: JsonObject;
  readonly search: JsonObject;
}

interface ParsedSearch {
  readonly header: JsonObject;
  readonly options: { readonly indices: IndicesOptions; readonly allowPartialResults: boolean | undefined };
  /** Throws what kept the search from being parsed though it is in order, such as a document that is not there. */
  specification(): SearchSpecification;
  sent(): string;
}

/** compat: a list is written as Java writes it, and then split at its commas. */
function routingOf({ routing }: JsonObject): string | undefined {
  if (routing === undefined || routing === null) return undefined;
  return Array.isArray(routing) ? `[${routing.join(', ')}]` : String(routing);
}

/** Members of a header, each with its older spelling. */
const headerNames: ReadonlyMap<string, string> = new Map([
  ...(
    'search_type request_cache preference routing allow_partial_search_results ignore_unavailable allow_no_indices ' +
    'expand_wildcards ignore_throttled ccs_minimize_roundtrips'
  )
    .split(' ')
    .flatMap((name): [string, string][] => [
      [name, name],
      [name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()), name],
    ]),
  ['index', 'index'],
  ['indices', 'index'],
  ['type', 'type'],
  ['types', 'type'],
]);

/** compat: one search that is not in order fails all of them. */
function parseSearch(pair: SearchPair, queries: QueryContext, totalHitsAsInteger: boolean): ParsedSearch {
  const { search } = pair;
  const header = parseHeader(pair.header);
  const options = { indices: indicesOptionsOf(header), allowPartialResults: flag(header.allow_partial_search_results) };
  if (typeof header.search_type === 'string') checkSearchType(header.search_type);
  const sent = () => JSON.stringify(search);
  try {
    const specification = parseSearchBody(search, queries);
    checkTotalHits(specification, totalHitsAsInteger);
    return { header, options, specification: () => specification, sent };
  } catch (error) {
    if (isDaybookError(error, 'invalid-argument')) throw error;
    return {
      header,
      options,
      specification: () => {
        throw error;
      },
      sent,
    };
  }
}

function parseHeader(given: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const known = headerNames.get(name);
      if (known === undefined) throw illegalArgument(`key [${name}] is not supported in the metadata section`);
      return [known, value];
    }),
  );
}

/** compat: a header without a body at the end is passed over. */
function* parsePairs(body: Uint8Array): Iterable<SearchPair> {
  const lines = splitLines(body);
  if (lines.length < 2) throw validationFailed('no requests added');
  if (lines.length / 2 > maxSearches) throw illegalArgument(`a multi search takes at most [${maxSearches}] searches`);
  for (let line = 0; line + 1 < lines.length; line += 2) {
    yield { header: parseJsonBody(lines[line]!) ?? {}, search: parseJsonBody(lines[line + 1]!) ?? {} };
  }
}

function expressionOf(given: unknown): string | undefined {
  if (given === undefined || given === null) return undefined;
  return Array.isArray(given) ? given.map(String).join(',') : String(given);
}

function indicesOptionsOf(header: JsonObject): IndicesOptions {
  const expand = expressionOf(header.expand_wildcards);
  const ignoreUnavailable = flag(header.ignore_unavailable);
  const allowNoIndices = flag(header.allow_no_indices);
  return indicesOptions('read', {
    ...(ignoreUnavailable === undefined ? {} : { ignore_unavailable: ignoreUnavailable }),
    ...(allowNoIndices === undefined ? {} : { allow_no_indices: allowNoIndices }),
    ...(expand === undefined ? {} : { expand_wildcards: expand.split(',') }),
  });
}

function flag(value: unknown): boolean | undefined {
  return value === undefined ? undefined : toBoolean(value);
}
