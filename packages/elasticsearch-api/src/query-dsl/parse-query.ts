import { DaybookError } from '@daybook/errors';
import type { Query } from '@daybook/search-engine';
import { didYouMean } from '../errors/did-you-mean.ts';
import { illegalArgument, parsingError, unsupported } from '../errors/errors.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import type { QueryContext } from './query-context.ts';
import { queryParsers, unsupportedQueries } from './query-parsers.ts';

/** Parses one query of the wire's language; what is wrong in it is `invalid-argument` with Elasticsearch's reason. */
export function parseQuery(value: unknown, context: QueryContext): Query {
  if (!isJsonObject(value)) throw parsingError(`[_na] query malformed, must start with start_object`);
  const entries = Object.entries(value);
  const [first, second] = entries;
  if (first === undefined) throw illegalArgument('query malformed, empty clause found');
  const [name, body] = first;
  const parser = queryParsers.get(name);
  if (parser === undefined) throw unknownQuery(name);
  if (!isJsonObject(body)) {
    throw parsingError(`[${name}] query malformed, no start_object after query name`);
  }
  const query = parser(body, context);
  if (second === undefined) return query;
  throw parsingError(`[${name}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`);
}

/** The context in which the query of a request is parsed. */
export function queryContext(lookupTerms?: QueryContext['lookupTerms']): QueryContext {
  return { depth: 0, parse: parseQuery, ...(lookupTerms === undefined ? {} : { lookupTerms }) };
}

/** Parses what stands under `query` in a body. */
export function parseTopQuery(value: unknown, context: QueryContext): Query {
  if (!isJsonObject(value)) throw parsingError(`Unknown key for a ${tokenOf(value)} in [query].`);
  return parseQuery(value, context);
}

function unknownQuery(name: string): DaybookError {
  if (unsupportedQueries.has(name)) return unsupported(`query [${name}]`);
  const cause = new DaybookError('invalid-argument', `unknown field [${name}]`, {
    detail: { reason: 'named_object_not_found_exception' },
  });
  return parsingError(`unknown query [${name}]${didYouMean(name, queryParsers.keys())}`, cause);
}
