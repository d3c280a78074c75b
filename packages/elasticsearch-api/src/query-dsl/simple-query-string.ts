import { parsingError } from '../errors/errors.ts';
import { defined, type JsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { toOperator } from './match-options.ts';
import { checkFieldBoosts } from './multi-match.ts';
import { readOptions, refuseNulls } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';
import { parseFlags } from './simple-query-string-flags.ts';

export const parseSimpleQueryString: QueryParser = (body) => {
  const kinds = {
    ...commonKinds,
    query: 'string',
    fields: 'strings',
    default_operator: 'string',
    analyzer: 'string',
    analyze_wildcard: 'boolean',
    lenient: 'boolean',
    minimum_should_match: 'string',
    flags: 'value',
    quote_field_suffix: 'string',
    fuzzy_prefix_length: 'integer',
    fuzzy_max_expansions: 'integer',
    fuzzy_transpositions: 'boolean',
    auto_generate_synonyms_phrase_query: 'boolean',
  } as const;
  refuseNulls('simple_query_string', requireObject('simple_query_string', body));
  const { fields = [] } = body as JsonObject;
  if (!Array.isArray(fields)) throw parsingError('[simple_query_string] unsupported field [fields]');
  const options = readOptions('simple_query_string', requireObject('simple_query_string', body), kinds, (name) =>
    parsingError(`[simple_query_string] unsupported field [${name}]`),
  );
  if (options.query === undefined) throw parsingError('[simple_query_string] query text missing');
  return defined({
    type: 'simpleQueryString' as const,
    query: options.query,
    fields: options.fields === undefined ? undefined : checkFieldBoosts(options.fields),
    defaultOperator: toOperator(options.default_operator),
    analyzer: options.analyzer,
    analyzeWildcard: options.analyze_wildcard,
    lenient: options.lenient,
    minimumShouldMatch: options.minimum_should_match,
    quoteFieldSuffix: options.quote_field_suffix,
    prefixLength: options.fuzzy_prefix_length,
    maxExpansions: options.fuzzy_max_expansions,
    transpositions: options.fuzzy_transpositions,
    operators: options.flags === undefined ? undefined : parseFlags(options.flags),
    ...common(options),
  });
};
