import { parseMatchFieldQuery } from './match-field-query.ts';
import { matchKinds } from './match-options.ts';
import type { QueryParser } from './query-context.ts';

const { boost, _name, query, analyzer, slop, zero_terms_query } = matchKinds;
const kinds = {
  boost,
  _name,
  query,
  analyzer,
  slop,
  zero_terms_query,
} as const;

/** Analysed words in their order. */
export const parseMatchPhrase: QueryParser = (body) => parseMatchFieldQuery('match_phrase', 'matchPhrase', body, kinds);
