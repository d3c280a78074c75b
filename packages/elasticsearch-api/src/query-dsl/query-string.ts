import { parseTimeZone } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, type JsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { checkFuzziness } from './fuzziness.ts';
import { toOperator } from './match-options.ts';
import { checkFieldBoosts, checkTieBreaker, toMultiMatchType } from './multi-match.ts';
import { readOptions, refuseNulls } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  query: 'string',
  fields: 'strings',
  default_field: 'string',
  default_operator: 'string',
  analyzer: 'string',
  quote_analyzer: 'string',
  quote_field_suffix: 'string',
  analyze_wildcard: 'boolean',
  allow_leading_wildcard: 'boolean',
  lenient: 'boolean',
  minimum_should_match: 'string',
  time_zone: 'string',
  type: 'string',
  tie_breaker: 'number',
  phrase_slop: 'integer',
  fuzziness: 'string',
  fuzzy_prefix_length: 'integer',
  fuzzy_max_expansions: 'integer',
  fuzzy_transpositions: 'boolean',
  fuzzy_rewrite: 'rewrite',
  rewrite: 'rewrite',
  enable_position_increments: 'boolean',
  escape: 'boolean',
  max_determinized_states: 'integer',
  auto_generate_synonyms_phrase_query: 'boolean',
} as const;

/** Lucene's syntax, which the engine reads. */
export const parseQueryString: QueryParser = (body) => {
  refuseNulls('query_string', requireObject('query_string', body));
  const { fields = [] } = body as JsonObject;
  if (!Array.isArray(fields)) throw parsingError('[query_string] query does not support [fields]');
  const options = readOptions('query_string', requireObject('query_string', body), kinds);
  if (options.query === undefined) throw parsingError('[query_string] must be provided with a [query]');
  if (options.fields !== undefined && options.default_field !== undefined) {
    throw illegalArgument('[query_string] cannot use [fields] parameter in conjunction with [default_field]');
  }
  checkFuzziness(options.fuzziness);
  if (options.time_zone !== undefined) parseTimeZone(options.time_zone);
  return defined({
    type: 'queryString' as const,
    query: options.query,
    fields: options.fields === undefined ? undefined : checkFieldBoosts(options.fields),
    defaultField: options.default_field,
    defaultOperator: toOperator(options.default_operator),
    analyzer: options.analyzer,
    analyzeWildcard: options.analyze_wildcard,
    allowLeadingWildcard: options.allow_leading_wildcard,
    lenient: options.lenient,
    minimumShouldMatch: options.minimum_should_match,
    timeZone: options.time_zone,
    matchType: toMultiMatchType('query_string', options.type),
    tieBreaker: checkTieBreaker(options.tie_breaker),
    quoteAnalyzer: options.quote_analyzer,
    quoteFieldSuffix: options.quote_field_suffix,
    phraseSlop: options.phrase_slop,
    fuzziness: options.fuzziness,
    prefixLength: options.fuzzy_prefix_length,
    maxExpansions: options.fuzzy_max_expansions,
    transpositions: options.fuzzy_transpositions,
    escape: options.escape,
    maxDeterminizedStates: options.max_determinized_states,
    ...common(options),
  });
};
