import type { Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { indicesParameters } from '../indices/indices-options.ts';
import { type JsonObject, tokenOf } from '../json/json.ts';
import { parseScriptBody, type ScriptRequest } from '../painless/parse-script-body.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import { parseTopQuery } from '../query-dsl/parse-query.ts';
import type { QueryContext } from '../query-dsl/query-context.ts';
import { queryParameters } from '../search/search-parameters.ts';

/** Query parameters of the APIs that do something to what a query finds. */
export const byQueryParameters: {
  readonly conflicts: 'string';
  readonly max_docs: 'integer';
  readonly scroll_size: 'integer';
  readonly wait_for_completion: 'boolean';
  readonly refresh: 'refresh';
  readonly from: 'ignored';
  readonly pipeline: 'string';
  readonly preference: 'ignored';
  readonly request_cache: 'ignored';
  readonly requests_per_second: 'ignored';
  readonly routing: 'ignored';
  readonly scroll: 'ignored';
  readonly search_timeout: 'ignored';
  readonly search_type: 'ignored';
  readonly slices: 'ignored';
  readonly sort: 'ignored';
  readonly stats: 'ignored';
  readonly terminate_after: 'ignored';
  readonly timeout: 'ignored';
  readonly version: 'ignored';
  readonly version_type: 'ignored';
  readonly wait_for_active_shards: 'ignored';
} & typeof queryParameters &
  typeof indicesParameters = {
  ...queryParameters,
  ...indicesParameters,
  conflicts: 'string',
  max_docs: 'integer',
  scroll_size: 'integer',
  wait_for_completion: 'boolean',
  refresh: 'refresh',
  from: 'ignored',
  pipeline: 'string',
  preference: 'ignored',
  request_cache: 'ignored',
  requests_per_second: 'ignored',
  routing: 'ignored',
  scroll: 'ignored',
  search_timeout: 'ignored',
  search_type: 'ignored',
  slices: 'ignored',
  sort: 'ignored',
  stats: 'ignored',
  terminate_after: 'ignored',
  timeout: 'ignored',
  version: 'ignored',
  version_type: 'ignored',
  wait_for_active_shards: 'ignored',
};

/** What a body says; the query string stands where it is silent. */
export interface ByQueryBody {
  readonly query?: Query;
  readonly maxDocs?: number;
  readonly proceedOnConflicts?: boolean;
  /** Of an update by query. */
  readonly script?: ScriptRequest;
}

/** Parts of a search body that change nothing in what is done; the Java client for version 7 sends `_source`. */
const withoutEffect: ReadonlySet<string> = new Set(['slice', 'sort', '_source', 'version', 'timeout']);

/** Reads the body of a delete or update by query. */
export function parseByQueryBody(body: JsonObject, context: QueryContext): ByQueryBody {
  let result: ByQueryBody = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'query') result = { ...result, query: parseTopQuery(value, context) };
    else if (name === 'max_docs' || name === 'size') result = { ...result, maxDocs: toNumber(value) };
    else if (name === 'conflicts') result = { ...result, proceedOnConflicts: proceeds(value) };
    else if (name === 'script') result = { ...result, script: parseScriptBody(value) };
    else if (!withoutEffect.has(name)) {
      throw parsingError(`Unknown key for a ${tokenOf(value)} in [${name}].`);
    }
  }
  return result;
}

/** What `conflicts` says: whether to go on after one. */
export function proceeds(conflicts: unknown): boolean {
  if (conflicts === undefined || conflicts === 'abort') return false;
  if (conflicts === 'proceed') return true;
  throw illegalArgument(`conflicts may only be "proceed" or "abort" but was [${String(conflicts)}]`);
}
