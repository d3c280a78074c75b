import { parsingError } from '../errors/errors.ts';
import { defined } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { checkTieBreaker } from './multi-match.ts';
import { readOptions } from './option-readers.ts';
import { parseNested, type QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  queries: 'any',
  tie_breaker: 'number',
} as const;

/** The best score of several queries. */
export const parseDisMax: QueryParser = (body, context) => {
  const options = readOptions('dis_max', requireObject('dis_max', body), kinds);
  const given =
    options.queries === undefined ? [] : Array.isArray(options.queries) ? options.queries : [options.queries];
  if (given.length === 0) throw parsingError("[dis_max] requires 'queries' field with at least one clause");
  const queries = given.map((query) => parseNested(query, context));
  return defined({
    type: 'disMax' as const,
    queries,
    tieBreaker: checkTieBreaker(options.tie_breaker),
    ...common(options),
  });
};
