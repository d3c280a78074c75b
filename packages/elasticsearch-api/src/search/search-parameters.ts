import type { Query } from '@daybook/search-engine';
import { illegalArgument, numberFormatError } from '../errors/errors.ts';
import { type Parameters, wholeNumber } from '../http/parameters.ts';
import { defined } from '../json/json.ts';
import { toOperator } from '../query-dsl/match-options.ts';
import { parseTrackTotalHits, terminateAfterOfParameter, withStoredFields } from './parse-search-body.ts';
import { parseSortParameter } from './parse-sort.ts';
import { sourceFilterOfParameters, sourceParameters } from './parse-source-filter.ts';
import type { SearchSpecification } from './search-specification.ts';

/** Query parameters that state a query: Lucene's syntax in `q`. */
export const queryParameters: {
  readonly q: 'string';
  readonly df: 'string';
  readonly analyzer: 'string';
  readonly analyze_wildcard: 'boolean';
  readonly default_operator: 'string';
  readonly lenient: 'boolean';
} = {
  q: 'string',
  df: 'string',
  analyzer: 'string',
  analyze_wildcard: 'boolean',
  default_operator: 'string',
  lenient: 'boolean',
};

/** Query parameters of a search, besides those that say how to answer. */
export const searchParameters: {
  readonly from: 'integer';
  readonly size: 'integer';
  readonly sort: 'list';
  readonly stored_fields: 'list';
  readonly docvalue_fields: 'list';
  readonly track_total_hits: 'string';
  readonly terminate_after: 'integer';
  readonly timeout: 'time';
  readonly track_scores: 'boolean';
  readonly explain: 'boolean';
  readonly version: 'boolean';
  readonly seq_no_primary_term: 'boolean';
} & typeof queryParameters &
  typeof sourceParameters = {
  ...queryParameters,
  ...sourceParameters,
  from: 'integer',
  size: 'integer',
  sort: 'list',
  stored_fields: 'list',
  docvalue_fields: 'list',
  track_total_hits: 'string',
  terminate_after: 'integer',
  timeout: 'time',
  track_scores: 'boolean',
  explain: 'boolean',
  version: 'boolean',
  seq_no_primary_term: 'boolean',
};

/** The query that `q` states; undefined without it. */
export function queryOfParameters(parameters: Parameters<typeof queryParameters>): Query | undefined {
  if (parameters.q === undefined) return undefined;
  return defined({
    type: 'queryString' as const,
    query: parameters.q,
    defaultField: parameters.df,
    analyzer: parameters.analyzer,
    analyzeWildcard: parameters.analyze_wildcard,
    defaultOperator: toOperator(parameters.default_operator),
    lenient: parameters.lenient,
  });
}

/** What the body asks for, changed by what the query string says: where both speak, the query string is heard. */
export function withParameters(
  specification: SearchSpecification,
  parameters: Parameters<typeof searchParameters>,
): SearchSpecification {
  const { request } = specification;
  // compat: -1 is as if nothing was said.
  const size = parameters.size === -1 ? request.size : (parameters.size ?? request.size);
  const from = parameters.from === -1 ? request.from : (parameters.from ?? request.from);
  if (size < 0) throw illegalArgument(`[size] parameter cannot be negative, found [${size}]`);
  if (from < 0) throw illegalArgument('[from] parameter cannot be negative');
  const source = sourceFilterOfParameters(parameters);
  const { stored_fields: stored, docvalue_fields: docValues } = parameters;
  return {
    ...(stored === undefined ? specification : withStoredFields(specification, stored)),
    request: {
      ...request,
      query: queryOfParameters(parameters) ?? request.query,
      from,
      size,
      sort: parameters.sort === undefined ? request.sort : parseSortParameter(parameters.sort),
      ...(parameters.terminate_after === undefined ? {} : terminateAfterOfParameter(parameters.terminate_after)),
      ...(parameters.timeout === undefined ? {} : { timeoutMs: parameters.timeout }),
      trackScores: parameters.track_scores ?? request.trackScores,
    },
    ...(source === undefined ? {} : { source, isSourceRequested: true }),
    docValueFields: [...specification.docValueFields, ...(docValues ?? []).map((pattern) => ({ pattern }))],
    explain: parameters.explain ?? specification.explain,
    version: parameters.version ?? specification.version,
    seqNoPrimaryTerm: parameters.seq_no_primary_term ?? specification.seqNoPrimaryTerm,
    trackTotalHits: trackTotalHitsOf(parameters.track_total_hits) ?? specification.trackTotalHits,
  };
}

function trackTotalHitsOf(text: string | undefined): boolean | number | undefined {
  if (text === undefined) return undefined;
  if (['true', 'false'].includes(text) || wholeNumber(text, 32) !== undefined) return parseTrackTotalHits(text);
  throw illegalArgument(
    `Failed to parse int parameter [track_total_hits] with value [${text}]`,
    numberFormatError(text),
  );
}
