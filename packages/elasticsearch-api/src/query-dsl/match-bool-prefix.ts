import { parseMatchFieldQuery } from './match-field-query.ts';
import { matchKinds } from './match-options.ts';
import type { QueryParser } from './query-context.ts';

const { slop: _slop, lenient: _lenient, zero_terms_query: _zeroTermsQuery, ...options } = matchKinds;
const kinds = {
  ...options,
  fuzzy_rewrite: 'rewrite',
} as const;

/** Words, the last of which is a prefix. */
export const parseMatchBoolPrefix: QueryParser = (body) =>
  parseMatchFieldQuery('match_bool_prefix', 'matchBoolPrefix', body, kinds);
